// Made from catalog/ by `npm run generate`. Do not edit: change the source and run it again.

import type { TierRow, TierRule } from './types.js';

/** Tiers, best first. */
export const TIERS: readonly TierRow[] = [
  {"id":"verified","name":"Verified","description":"Calls tools reliably in independent tests, and stays quiet when no tool is needed.","badge":"Verified","rule":"All four BFCL metrics fair and at least three good, or two other boards strong; no open broken format in Ollama."},
  {"id":"compatible","name":"Compatible","description":"Calls tools, with gaps in tests or with reported problems; try it with your own tools first.","badge":"Compatible","rule":"At least three BFCL metrics fair, or another board at least weak, or unmeasured with a tool template that runtimes support."},
  {"id":"experimental","name":"Experimental","description":"No tool support, failed tests, or nothing known; expect calls to fail.","badge":"Experimental","rule":"Everything else, a model without evidence included."},
];
/** Thresholds that give the tiers. */
export const TIER_RULE: TierRule = {"bfcl":{"metrics":[{"metric":"non_live_ast","good":80,"fair":70,"instead":["non_live_simple","non_live_multiple"]},{"metric":"live","good":75,"fair":60},{"metric":"multi_turn","good":20,"fair":5},{"metric":"irrelevance","good":75,"fair":50}],"metrics_needed":3},"other_boards":[{"name":"Workunit local MCP","metrics":["loop_overall"],"strong":85,"weak":60},{"name":"tau2-bench","metrics":["airline_pass_1","retail_pass_1","telecom_pass_1"],"strong":60,"weak":40}],"strong_boards_for_verified":2,"minimum_parameters_unmeasured":2500000000};
