import { findIssue, type IssueDetail, type IssueDetailPart, type SentryClient } from '@sentry-graph/sentry-api'
import DataLoader from 'dataloader'
import { addressOf } from './node-source.ts'
import { type Reference, referenceKey, toError } from './reference-loader.ts'

/** Loads issues by numeric id with what only their own answers tell. */
export interface IssueDetailLoader {
  /** Asks once for all parts that are wanted of an issue at the same time, and never for what an answer already holds. */
  load(reference: Reference, parts: readonly IssueDetailPart[]): Promise<IssueDetail>
}

interface Wish {
  reference: Reference
  parts: readonly IssueDetailPart[]
}

interface Answer {
  parts: ReadonlySet<IssueDetailPart>
  issue: Promise<IssueDetail>
}

export function createIssueDetailLoader(sentry: SentryClient): IssueDetailLoader {
  const answers = new Map<string, Answer>()

  function ask(reference: Reference, parts: ReadonlySet<IssueDetailPart>): Promise<IssueDetail> {
    const issue = findIssue(sentry, addressOf(reference.organization), { issue: reference.key, parts })
    answers.set(referenceKey(reference), { parts, issue })
    return issue
  }

  async function loadAll(wishes: readonly Wish[]): Promise<(IssueDetail | Error)[]> {
    const asked = new Map<string, Promise<IssueDetail | Error>>()
    const settle = ({ reference }: Wish) => {
      const key = referenceKey(reference)
      const answer = asked.get(key) ?? ask(reference, partsOf(wishes, key)).catch(toError)
      asked.set(key, answer)
      return answer
    }
    return await Promise.all(wishes.map(settle))
  }

  const gathered = new DataLoader<Wish, IssueDetail>(loadAll, { cache: false })

  return {
    load(reference, parts) {
      const answer = answers.get(referenceKey(reference))
      const isKnown = answer !== undefined && parts.every((part) => answer.parts.has(part))
      return isKnown ? answer.issue : gathered.load({ reference, parts })
    },
  }
}

function partsOf(wishes: readonly Wish[], key: string): ReadonlySet<IssueDetailPart> {
  return new Set(wishes.filter(({ reference }) => referenceKey(reference) === key).flatMap(({ parts }) => parts))
}
