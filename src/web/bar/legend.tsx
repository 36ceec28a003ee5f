/** What the colours, the hatching and the line stand for; a plot does not draw what is in use. */
export function Legend({ plot = false }: { plot?: boolean }) {
  return (
    <ul class="legend">
      <li>
        <i class="swatch weights" /> Weights
      </li>
      <li>
        <i class="swatch kv" /> KV cache
      </li>
      <li>
        <i class="swatch compute" /> Compute
      </li>
      <li>
        <i class="swatch overhead" /> Overhead, 0.3 to 0.6 GiB
      </li>
      <li>
        <i class="swatch line" /> Room for a model
      </li>
      <li>
        <i class="swatch kept" /> Kept free
      </li>
      {!plot && (
        <li>
          <i class="swatch used" /> In use now
        </li>
      )}
    </ul>
  )
}
