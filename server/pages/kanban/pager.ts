import type { Pager, ViewRequest } from '../kinds/kind.ts'

/** Counting stops here: nobody looks through ten thousand cards. */
export const COUNT_LIMIT = 10_001

/** Which of how many records a page shows. */
export function pagerOf({ state, href }: ViewRequest, offset: number, shown: number, length: number): Pager {
  return {
    from: shown > 0 ? offset + 1 : 0,
    to: offset + shown,
    total: length >= COUNT_LIMIT ? `${COUNT_LIMIT - 1}+` : length,
    previous: state.page > 1 ? href({ page: state.page - 1 }) : null,
    next: offset + shown < length ? href({ page: state.page + 1 }) : null,
  }
}
