/* eslint-disable */
import * as types from './graphql';
import type { TypedDocumentNode as DocumentNode } from '@graphql-typed-document-node/core';

/**
 * Map of all GraphQL operations in the project.
 *
 * This map has several performance disadvantages:
 * 1. It is not tree-shakeable, so it will include all operations in the project.
 * 2. It is not minifiable, so the string of a GraphQL query will be multiple times inside the bundle.
 * 3. It does not support dead code elimination, so it will add unused operations.
 *
 * Therefore it is highly recommended to use the babel or swc plugin for production.
 * Learn more about it here: https://the-guild.dev/graphql/codegen/plugins/presets/preset-client#reducing-bundle-size
 */
type Documents = {
    "query Explorer {\n  gateway {\n    isSandbox\n  }\n  viewer {\n    id\n    user {\n      id\n      name\n      username\n      email\n      avatarUrl\n    }\n    session {\n      id\n      scopes\n    }\n    organizations(first: 50) {\n      nodes {\n        id\n        slug\n        name\n        permalink\n      }\n      totalCount\n      totalCountIsCapped\n      pageInfo {\n        hasNextPage\n      }\n    }\n  }\n}": typeof types.ExplorerDocument,
    "query HomePage($query: String, $after: String) {\n  viewer {\n    id\n    organizations(first: 25, after: $after, query: $query) {\n      nodes {\n        ...OrganizationCard\n      }\n      totalCount\n      totalCountIsCapped\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n    }\n  }\n}": typeof types.HomePageDocument,
    "fragment OrganizationCard on Organization {\n  id\n  slug\n  name\n  avatarUrl\n  region {\n    name\n    url\n    reachable\n  }\n  projects(first: 100) {\n    nodes {\n      id\n      platform\n    }\n    totalCount\n    totalCountIsCapped\n    pageInfo {\n      hasNextPage\n    }\n  }\n}": typeof types.OrganizationCardFragmentDoc,
    "query OrganizationMembers($slug: String!, $after: String) {\n  organization(slug: $slug) {\n    id\n    members(first: 100, after: $after) {\n      ...MemberPage\n    }\n  }\n}\n\nfragment MemberPage on MemberConnection {\n  nodes {\n    ...MemberRow\n  }\n  totalCount\n  totalCountIsCapped\n  pageInfo {\n    hasNextPage\n    endCursor\n  }\n}\n\nfragment MemberRow on Member {\n  id\n  name\n  email\n  orgRole\n  isPending\n  isExpired\n  user {\n    id\n    avatarUrl\n  }\n}": typeof types.OrganizationMembersDocument,
    "query OrganizationPage($slug: String!) {\n  organization(slug: $slug) {\n    id\n    slug\n    name\n    avatarUrl\n    permalink\n    dateCreated\n    region {\n      name\n      url\n    }\n    projects(first: 100) {\n      ...ProjectPage\n    }\n    teams(first: 100) {\n      ...TeamPage\n    }\n    members(first: 100) {\n      ...MemberPage\n    }\n  }\n}": typeof types.OrganizationPageDocument,
    "query OrganizationProjects($slug: String!, $query: String, $after: String) {\n  organization(slug: $slug) {\n    id\n    projects(first: 100, after: $after, query: $query) {\n      ...ProjectPage\n    }\n  }\n}\n\nfragment ProjectPage on ProjectConnection {\n  nodes {\n    ...ProjectCard\n  }\n  totalCount\n  totalCountIsCapped\n  pageInfo {\n    hasNextPage\n    endCursor\n  }\n}": typeof types.OrganizationProjectsDocument,
    "query OrganizationTeams($slug: String!, $after: String) {\n  organization(slug: $slug) {\n    id\n    teams(first: 100, after: $after) {\n      ...TeamPage\n    }\n  }\n}\n\nfragment TeamPage on TeamConnection {\n  nodes {\n    ...TeamRow\n  }\n  totalCount\n  totalCountIsCapped\n  pageInfo {\n    hasNextPage\n    endCursor\n  }\n}\n\nfragment TeamRow on Team {\n  id\n  slug\n  name\n  permalink\n  memberCount\n  isViewerMember\n}": typeof types.OrganizationTeamsDocument,
    "fragment ProjectCard on Project {\n  id\n  slug\n  name\n  platform\n  permalink\n  dateCreated\n  firstEventAt\n  isBookmarked\n  isViewerMember\n  latestReleaseVersion\n  environments\n  teams {\n    id\n    slug\n  }\n}": typeof types.ProjectCardFragmentDoc,
    "query NarrowingChoices {\n  viewer {\n    id\n    organizations(first: 100) {\n      nodes {\n        id\n        slug\n        name\n      }\n    }\n  }\n}\n\nmutation CreateClientSession($input: CreateClientSessionInput!) {\n  createClientSession(input: $input) {\n    ... on CreateClientSessionPayload {\n      value\n      cookieName\n      session {\n        ...SessionRow\n      }\n    }\n    ... on UserError {\n      message\n    }\n  }\n}": typeof types.NarrowingChoicesDocument,
    "query SessionsPage {\n  viewer {\n    id\n    sessions {\n      ...SessionRow\n    }\n  }\n}\n\nfragment SessionRow on Session {\n  id\n  kind\n  name\n  isCurrent\n  createdAt\n  lastUsedAt\n  expiresAt\n  userAgent\n  addressFamily\n  isReadOnly\n  newAgent {\n    since\n    formerUserAgent\n  }\n  organizations {\n    id\n  }\n}\n\nmutation RevokeSession($sessionId: ID!) {\n  revokeSession(input: {sessionId: $sessionId}) {\n    ... on RevokeSessionPayload {\n      sessionId\n    }\n    ... on NotFoundError {\n      ids\n    }\n  }\n}": typeof types.SessionsPageDocument,
    "query Shell {\n  gateway {\n    version\n    sentryUrl\n    isSandbox\n    requestedScopes\n  }\n  viewer {\n    id\n    user {\n      id\n      name\n      username\n      email\n      avatarUrl\n    }\n  }\n}": typeof types.ShellDocument,
    "query OrganizationSwitcher {\n  viewer {\n    id\n    organizations(first: 50) {\n      nodes {\n        id\n        slug\n        name\n        avatarUrl\n        region {\n          name\n        }\n      }\n      pageInfo {\n        hasNextPage\n      }\n    }\n  }\n}": typeof types.OrganizationSwitcherDocument,
};
const documents: Documents = {
    "query Explorer {\n  gateway {\n    isSandbox\n  }\n  viewer {\n    id\n    user {\n      id\n      name\n      username\n      email\n      avatarUrl\n    }\n    session {\n      id\n      scopes\n    }\n    organizations(first: 50) {\n      nodes {\n        id\n        slug\n        name\n        permalink\n      }\n      totalCount\n      totalCountIsCapped\n      pageInfo {\n        hasNextPage\n      }\n    }\n  }\n}": types.ExplorerDocument,
    "query HomePage($query: String, $after: String) {\n  viewer {\n    id\n    organizations(first: 25, after: $after, query: $query) {\n      nodes {\n        ...OrganizationCard\n      }\n      totalCount\n      totalCountIsCapped\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n    }\n  }\n}": types.HomePageDocument,
    "fragment OrganizationCard on Organization {\n  id\n  slug\n  name\n  avatarUrl\n  region {\n    name\n    url\n    reachable\n  }\n  projects(first: 100) {\n    nodes {\n      id\n      platform\n    }\n    totalCount\n    totalCountIsCapped\n    pageInfo {\n      hasNextPage\n    }\n  }\n}": types.OrganizationCardFragmentDoc,
    "query OrganizationMembers($slug: String!, $after: String) {\n  organization(slug: $slug) {\n    id\n    members(first: 100, after: $after) {\n      ...MemberPage\n    }\n  }\n}\n\nfragment MemberPage on MemberConnection {\n  nodes {\n    ...MemberRow\n  }\n  totalCount\n  totalCountIsCapped\n  pageInfo {\n    hasNextPage\n    endCursor\n  }\n}\n\nfragment MemberRow on Member {\n  id\n  name\n  email\n  orgRole\n  isPending\n  isExpired\n  user {\n    id\n    avatarUrl\n  }\n}": types.OrganizationMembersDocument,
    "query OrganizationPage($slug: String!) {\n  organization(slug: $slug) {\n    id\n    slug\n    name\n    avatarUrl\n    permalink\n    dateCreated\n    region {\n      name\n      url\n    }\n    projects(first: 100) {\n      ...ProjectPage\n    }\n    teams(first: 100) {\n      ...TeamPage\n    }\n    members(first: 100) {\n      ...MemberPage\n    }\n  }\n}": types.OrganizationPageDocument,
    "query OrganizationProjects($slug: String!, $query: String, $after: String) {\n  organization(slug: $slug) {\n    id\n    projects(first: 100, after: $after, query: $query) {\n      ...ProjectPage\n    }\n  }\n}\n\nfragment ProjectPage on ProjectConnection {\n  nodes {\n    ...ProjectCard\n  }\n  totalCount\n  totalCountIsCapped\n  pageInfo {\n    hasNextPage\n    endCursor\n  }\n}": types.OrganizationProjectsDocument,
    "query OrganizationTeams($slug: String!, $after: String) {\n  organization(slug: $slug) {\n    id\n    teams(first: 100, after: $after) {\n      ...TeamPage\n    }\n  }\n}\n\nfragment TeamPage on TeamConnection {\n  nodes {\n    ...TeamRow\n  }\n  totalCount\n  totalCountIsCapped\n  pageInfo {\n    hasNextPage\n    endCursor\n  }\n}\n\nfragment TeamRow on Team {\n  id\n  slug\n  name\n  permalink\n  memberCount\n  isViewerMember\n}": types.OrganizationTeamsDocument,
    "fragment ProjectCard on Project {\n  id\n  slug\n  name\n  platform\n  permalink\n  dateCreated\n  firstEventAt\n  isBookmarked\n  isViewerMember\n  latestReleaseVersion\n  environments\n  teams {\n    id\n    slug\n  }\n}": types.ProjectCardFragmentDoc,
    "query NarrowingChoices {\n  viewer {\n    id\n    organizations(first: 100) {\n      nodes {\n        id\n        slug\n        name\n      }\n    }\n  }\n}\n\nmutation CreateClientSession($input: CreateClientSessionInput!) {\n  createClientSession(input: $input) {\n    ... on CreateClientSessionPayload {\n      value\n      cookieName\n      session {\n        ...SessionRow\n      }\n    }\n    ... on UserError {\n      message\n    }\n  }\n}": types.NarrowingChoicesDocument,
    "query SessionsPage {\n  viewer {\n    id\n    sessions {\n      ...SessionRow\n    }\n  }\n}\n\nfragment SessionRow on Session {\n  id\n  kind\n  name\n  isCurrent\n  createdAt\n  lastUsedAt\n  expiresAt\n  userAgent\n  addressFamily\n  isReadOnly\n  newAgent {\n    since\n    formerUserAgent\n  }\n  organizations {\n    id\n  }\n}\n\nmutation RevokeSession($sessionId: ID!) {\n  revokeSession(input: {sessionId: $sessionId}) {\n    ... on RevokeSessionPayload {\n      sessionId\n    }\n    ... on NotFoundError {\n      ids\n    }\n  }\n}": types.SessionsPageDocument,
    "query Shell {\n  gateway {\n    version\n    sentryUrl\n    isSandbox\n    requestedScopes\n  }\n  viewer {\n    id\n    user {\n      id\n      name\n      username\n      email\n      avatarUrl\n    }\n  }\n}": types.ShellDocument,
    "query OrganizationSwitcher {\n  viewer {\n    id\n    organizations(first: 50) {\n      nodes {\n        id\n        slug\n        name\n        avatarUrl\n        region {\n          name\n        }\n      }\n      pageInfo {\n        hasNextPage\n      }\n    }\n  }\n}": types.OrganizationSwitcherDocument,
};

/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 *
 *
 * @example
 * ```ts
 * const query = graphql(`query GetUser($id: ID!) { user(id: $id) { name } }`);
 * ```
 *
 * The query argument is unknown!
 * Please regenerate the types.
 */
export function graphql(source: string): unknown;

/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "query Explorer {\n  gateway {\n    isSandbox\n  }\n  viewer {\n    id\n    user {\n      id\n      name\n      username\n      email\n      avatarUrl\n    }\n    session {\n      id\n      scopes\n    }\n    organizations(first: 50) {\n      nodes {\n        id\n        slug\n        name\n        permalink\n      }\n      totalCount\n      totalCountIsCapped\n      pageInfo {\n        hasNextPage\n      }\n    }\n  }\n}"): (typeof documents)["query Explorer {\n  gateway {\n    isSandbox\n  }\n  viewer {\n    id\n    user {\n      id\n      name\n      username\n      email\n      avatarUrl\n    }\n    session {\n      id\n      scopes\n    }\n    organizations(first: 50) {\n      nodes {\n        id\n        slug\n        name\n        permalink\n      }\n      totalCount\n      totalCountIsCapped\n      pageInfo {\n        hasNextPage\n      }\n    }\n  }\n}"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "query HomePage($query: String, $after: String) {\n  viewer {\n    id\n    organizations(first: 25, after: $after, query: $query) {\n      nodes {\n        ...OrganizationCard\n      }\n      totalCount\n      totalCountIsCapped\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n    }\n  }\n}"): (typeof documents)["query HomePage($query: String, $after: String) {\n  viewer {\n    id\n    organizations(first: 25, after: $after, query: $query) {\n      nodes {\n        ...OrganizationCard\n      }\n      totalCount\n      totalCountIsCapped\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n    }\n  }\n}"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "fragment OrganizationCard on Organization {\n  id\n  slug\n  name\n  avatarUrl\n  region {\n    name\n    url\n    reachable\n  }\n  projects(first: 100) {\n    nodes {\n      id\n      platform\n    }\n    totalCount\n    totalCountIsCapped\n    pageInfo {\n      hasNextPage\n    }\n  }\n}"): (typeof documents)["fragment OrganizationCard on Organization {\n  id\n  slug\n  name\n  avatarUrl\n  region {\n    name\n    url\n    reachable\n  }\n  projects(first: 100) {\n    nodes {\n      id\n      platform\n    }\n    totalCount\n    totalCountIsCapped\n    pageInfo {\n      hasNextPage\n    }\n  }\n}"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "query OrganizationMembers($slug: String!, $after: String) {\n  organization(slug: $slug) {\n    id\n    members(first: 100, after: $after) {\n      ...MemberPage\n    }\n  }\n}\n\nfragment MemberPage on MemberConnection {\n  nodes {\n    ...MemberRow\n  }\n  totalCount\n  totalCountIsCapped\n  pageInfo {\n    hasNextPage\n    endCursor\n  }\n}\n\nfragment MemberRow on Member {\n  id\n  name\n  email\n  orgRole\n  isPending\n  isExpired\n  user {\n    id\n    avatarUrl\n  }\n}"): (typeof documents)["query OrganizationMembers($slug: String!, $after: String) {\n  organization(slug: $slug) {\n    id\n    members(first: 100, after: $after) {\n      ...MemberPage\n    }\n  }\n}\n\nfragment MemberPage on MemberConnection {\n  nodes {\n    ...MemberRow\n  }\n  totalCount\n  totalCountIsCapped\n  pageInfo {\n    hasNextPage\n    endCursor\n  }\n}\n\nfragment MemberRow on Member {\n  id\n  name\n  email\n  orgRole\n  isPending\n  isExpired\n  user {\n    id\n    avatarUrl\n  }\n}"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "query OrganizationPage($slug: String!) {\n  organization(slug: $slug) {\n    id\n    slug\n    name\n    avatarUrl\n    permalink\n    dateCreated\n    region {\n      name\n      url\n    }\n    projects(first: 100) {\n      ...ProjectPage\n    }\n    teams(first: 100) {\n      ...TeamPage\n    }\n    members(first: 100) {\n      ...MemberPage\n    }\n  }\n}"): (typeof documents)["query OrganizationPage($slug: String!) {\n  organization(slug: $slug) {\n    id\n    slug\n    name\n    avatarUrl\n    permalink\n    dateCreated\n    region {\n      name\n      url\n    }\n    projects(first: 100) {\n      ...ProjectPage\n    }\n    teams(first: 100) {\n      ...TeamPage\n    }\n    members(first: 100) {\n      ...MemberPage\n    }\n  }\n}"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "query OrganizationProjects($slug: String!, $query: String, $after: String) {\n  organization(slug: $slug) {\n    id\n    projects(first: 100, after: $after, query: $query) {\n      ...ProjectPage\n    }\n  }\n}\n\nfragment ProjectPage on ProjectConnection {\n  nodes {\n    ...ProjectCard\n  }\n  totalCount\n  totalCountIsCapped\n  pageInfo {\n    hasNextPage\n    endCursor\n  }\n}"): (typeof documents)["query OrganizationProjects($slug: String!, $query: String, $after: String) {\n  organization(slug: $slug) {\n    id\n    projects(first: 100, after: $after, query: $query) {\n      ...ProjectPage\n    }\n  }\n}\n\nfragment ProjectPage on ProjectConnection {\n  nodes {\n    ...ProjectCard\n  }\n  totalCount\n  totalCountIsCapped\n  pageInfo {\n    hasNextPage\n    endCursor\n  }\n}"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "query OrganizationTeams($slug: String!, $after: String) {\n  organization(slug: $slug) {\n    id\n    teams(first: 100, after: $after) {\n      ...TeamPage\n    }\n  }\n}\n\nfragment TeamPage on TeamConnection {\n  nodes {\n    ...TeamRow\n  }\n  totalCount\n  totalCountIsCapped\n  pageInfo {\n    hasNextPage\n    endCursor\n  }\n}\n\nfragment TeamRow on Team {\n  id\n  slug\n  name\n  permalink\n  memberCount\n  isViewerMember\n}"): (typeof documents)["query OrganizationTeams($slug: String!, $after: String) {\n  organization(slug: $slug) {\n    id\n    teams(first: 100, after: $after) {\n      ...TeamPage\n    }\n  }\n}\n\nfragment TeamPage on TeamConnection {\n  nodes {\n    ...TeamRow\n  }\n  totalCount\n  totalCountIsCapped\n  pageInfo {\n    hasNextPage\n    endCursor\n  }\n}\n\nfragment TeamRow on Team {\n  id\n  slug\n  name\n  permalink\n  memberCount\n  isViewerMember\n}"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "fragment ProjectCard on Project {\n  id\n  slug\n  name\n  platform\n  permalink\n  dateCreated\n  firstEventAt\n  isBookmarked\n  isViewerMember\n  latestReleaseVersion\n  environments\n  teams {\n    id\n    slug\n  }\n}"): (typeof documents)["fragment ProjectCard on Project {\n  id\n  slug\n  name\n  platform\n  permalink\n  dateCreated\n  firstEventAt\n  isBookmarked\n  isViewerMember\n  latestReleaseVersion\n  environments\n  teams {\n    id\n    slug\n  }\n}"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "query NarrowingChoices {\n  viewer {\n    id\n    organizations(first: 100) {\n      nodes {\n        id\n        slug\n        name\n      }\n    }\n  }\n}\n\nmutation CreateClientSession($input: CreateClientSessionInput!) {\n  createClientSession(input: $input) {\n    ... on CreateClientSessionPayload {\n      value\n      cookieName\n      session {\n        ...SessionRow\n      }\n    }\n    ... on UserError {\n      message\n    }\n  }\n}"): (typeof documents)["query NarrowingChoices {\n  viewer {\n    id\n    organizations(first: 100) {\n      nodes {\n        id\n        slug\n        name\n      }\n    }\n  }\n}\n\nmutation CreateClientSession($input: CreateClientSessionInput!) {\n  createClientSession(input: $input) {\n    ... on CreateClientSessionPayload {\n      value\n      cookieName\n      session {\n        ...SessionRow\n      }\n    }\n    ... on UserError {\n      message\n    }\n  }\n}"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "query SessionsPage {\n  viewer {\n    id\n    sessions {\n      ...SessionRow\n    }\n  }\n}\n\nfragment SessionRow on Session {\n  id\n  kind\n  name\n  isCurrent\n  createdAt\n  lastUsedAt\n  expiresAt\n  userAgent\n  addressFamily\n  isReadOnly\n  newAgent {\n    since\n    formerUserAgent\n  }\n  organizations {\n    id\n  }\n}\n\nmutation RevokeSession($sessionId: ID!) {\n  revokeSession(input: {sessionId: $sessionId}) {\n    ... on RevokeSessionPayload {\n      sessionId\n    }\n    ... on NotFoundError {\n      ids\n    }\n  }\n}"): (typeof documents)["query SessionsPage {\n  viewer {\n    id\n    sessions {\n      ...SessionRow\n    }\n  }\n}\n\nfragment SessionRow on Session {\n  id\n  kind\n  name\n  isCurrent\n  createdAt\n  lastUsedAt\n  expiresAt\n  userAgent\n  addressFamily\n  isReadOnly\n  newAgent {\n    since\n    formerUserAgent\n  }\n  organizations {\n    id\n  }\n}\n\nmutation RevokeSession($sessionId: ID!) {\n  revokeSession(input: {sessionId: $sessionId}) {\n    ... on RevokeSessionPayload {\n      sessionId\n    }\n    ... on NotFoundError {\n      ids\n    }\n  }\n}"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "query Shell {\n  gateway {\n    version\n    sentryUrl\n    isSandbox\n    requestedScopes\n  }\n  viewer {\n    id\n    user {\n      id\n      name\n      username\n      email\n      avatarUrl\n    }\n  }\n}"): (typeof documents)["query Shell {\n  gateway {\n    version\n    sentryUrl\n    isSandbox\n    requestedScopes\n  }\n  viewer {\n    id\n    user {\n      id\n      name\n      username\n      email\n      avatarUrl\n    }\n  }\n}"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "query OrganizationSwitcher {\n  viewer {\n    id\n    organizations(first: 50) {\n      nodes {\n        id\n        slug\n        name\n        avatarUrl\n        region {\n          name\n        }\n      }\n      pageInfo {\n        hasNextPage\n      }\n    }\n  }\n}"): (typeof documents)["query OrganizationSwitcher {\n  viewer {\n    id\n    organizations(first: 50) {\n      nodes {\n        id\n        slug\n        name\n        avatarUrl\n        region {\n          name\n        }\n      }\n      pageInfo {\n        hasNextPage\n      }\n    }\n  }\n}"];

export function graphql(source: string) {
  return (documents as any)[source] ?? {};
}

export type DocumentType<TDocumentNode extends DocumentNode<any, any>> = TDocumentNode extends DocumentNode<  infer TType,  any>  ? TType  : never;