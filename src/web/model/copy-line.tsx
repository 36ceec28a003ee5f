import { useState } from 'preact/hooks'

/** A command, and a button that copies exactly what is shown. */
export function CopyLine({ text }: { text: string }) {
  const [copied, setCopied] = useState<boolean | null>(null)
  const copy = () =>
    navigator.clipboard.writeText(text).then(
      () => setCopied(true),
      () => setCopied(false),
    )
  return (
    <div class="copy-line">
      <code>{text}</code>
      <button class="button" type="button" onClick={() => void copy()} aria-label={`Copy ${text}`}>
        {copied === null ? 'Copy' : copied ? 'Copied' : 'Select it to copy'}
      </button>
    </div>
  )
}
