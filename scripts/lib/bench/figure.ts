/** One measured figure, and the most that it should be. */
export interface Figure {
  name: string
  value: number
  unit: 'ms' | 's' | '×' | 'MB' | 'packages' | 'MB peak' | 'requests/s' | 'bytes'
  target?: number
}
