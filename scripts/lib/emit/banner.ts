/** First lines of every generated TypeScript file. */
export function banner(source: string): string {
  return `// Made from ${source} by \`npm run generate\`. Do not edit: change the source and run it again.\n\n`
}
