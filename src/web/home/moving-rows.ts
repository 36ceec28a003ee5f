import type { RefObject } from 'preact'
import { useLayoutEffect, useRef } from 'preact/hooks'

const MOVE_MS = 160
/** Rows that come from further away than this appear instead of flying. */
const FARTHEST_PX = 1200

/**
 * Lets rows glide to their new places when the order changes.
 *
 * @param order - Changes with every new order, and with nothing else.
 */
export function useMovingRows(list: RefObject<HTMLElement>, order: readonly unknown[]): void {
  const places = useRef(new Map<string, number>())
  useLayoutEffect(() => {
    const still = matchMedia('(prefers-reduced-motion: reduce)').matches
    const next = new Map<string, number>()
    for (const row of list.current?.children ?? []) {
      if (!(row instanceof HTMLElement)) continue
      const place = row.offsetTop
      const before = places.current.get(row.id)
      next.set(row.id, place)
      const way = (before ?? place) - place
      if (!still && way !== 0 && Math.abs(way) < FARTHEST_PX) {
        row.animate([{ transform: `translateY(${way}px)` }, { transform: 'none' }], {
          duration: MOVE_MS,
          easing: 'ease-out',
        })
      }
    }
    places.current = next
  }, [order])
}
