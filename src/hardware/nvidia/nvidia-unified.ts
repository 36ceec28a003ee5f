/** PCI ids of parts whose memory is the system's: GB10 (DGX Spark and its likes). */
const UNIFIED_DEVICE_IDS: ReadonlySet<string> = new Set(['2e12'])

/** Parts whose GPU has no memory of its own. Grace Hopper (GH200) is none of them: its HBM is the card's. */
const UNIFIED_NAME = /\b(?:GB10|N1X?|DGX Spark|Jetson|Thor|Orin|Xavier|Tegra(?: X\d)?|nvgpu)\b/i

/** True where the name or PCI id is that of an NVIDIA part that shares the system's memory. */
export function isUnifiedNvidia(name: string | null, deviceId: string | null): boolean {
  return (name !== null && UNIFIED_NAME.test(name)) || (deviceId !== null && UNIFIED_DEVICE_IDS.has(deviceId))
}
