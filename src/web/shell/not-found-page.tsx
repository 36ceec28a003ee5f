import { linkTo } from '../state/page-mode.js'
import { Heading } from './heading.js'

/** For ids and paths that nobody knows. */
export function NotFoundPage({ name }: { name?: string | undefined }) {
  return (
    <div class="answer">
      <Heading title="Not in the almanac">
        {name === undefined ? 'There is no page here.' : <>“{name.slice(0, 80)}” is not in the almanac.</>}
      </Heading>
      <p>It may have another name: search for a part of it.</p>
      <p class="buttons">
        <a class="button main" href={linkTo('models')}>
          See all models
        </a>
        <a class="button" href={linkTo('')}>
          What runs best here
        </a>
      </p>
    </div>
  )
}
