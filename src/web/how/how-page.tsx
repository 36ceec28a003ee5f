import { TIERS } from '../../../generated/tiers.js'
import { LLAMA_CPP_VERSION } from '../../memory/index.js'
import { Heading } from '../shell/heading.js'

/** What is counted, what is not, how far it can be off, and the words. */
export function HowPage() {
  return (
    <>
      <div class="answer">
        <Heading title="How it counts">How it counts</Heading>
        <p>Every number on these pages comes from one estimator, the same one that the command line uses.</p>
      </div>
      <div class="prose" id="list" tabIndex={-1}>
        <h2>What is counted</h2>
        <dl>
          <dt>Weights</dt>
          <dd>The model's tensors as they lie on the device, in the quantization of the build.</dd>
          <dt>KV cache</dt>
          <dd>
            Keys and values of the context, by each layer's own rule: sliding windows, shared layers and
            latent attention need less.
          </dd>
          <dt>Compute</dt>
          <dd>Buffers that llama.cpp {LLAMA_CPP_VERSION} reserves for a batch.</dd>
          <dt>Overhead</dt>
          <dd>
            What the driver itself takes, 0.3 to 0.6 GiB. It cannot be known before loading, so it is drawn
            hatched.
          </dd>
          <dt>Room for a model</dt>
          <dd>
            Memory that is free now, less 2 GiB that are kept free for everything else. Free memory, not the
            size on the box.
          </dd>
        </dl>
        <h2>What is not counted</h2>
        <p>
          Vision projectors, speculative models, several requests at once, and other programs that start
          later.
        </p>
        <h2>How far it can be off</h2>
        <p>
          Weights and cache follow exact rules. Compute is a simulation of what llama.cpp allocates, and the
          overhead a range; together they can be off by about 0.3 GiB. Where the limit falls inside that range
          the page says “Close”.
        </p>
        <h2>The order of the list</h2>
        <p>
          A quality index less its uncertainty, less what the quantization costs and what running outside the
          graphics card costs; models that call tools come first. Free memory is no part of it, so a larger
          card never makes the best model worse. Gaps under three points are ties.
        </p>
        <h2>Tiers</h2>
        <dl>
          {TIERS.map((tier) => (
            <>
              <dt key={tier.id}>Tools {tier.name.toLowerCase()}</dt>
              <dd>
                {tier.description} <span class="muted">{tier.rule}</span>
              </dd>
            </>
          ))}
        </dl>
        <h2>Units</h2>
        <p>GiB is 2³⁰ bytes, MB/s is 10⁶ bytes a second, K is 1,024 tokens.</p>
      </div>
    </>
  )
}
