import type { GraphQLResolveInfo, GraphQLScalarType, GraphQLScalarTypeConfig } from 'graphql';
import type { DownloadedFile } from '../sms/download.ts';
import type { Context } from '../context.ts';
import type { Wire } from '../sms/wire.ts';
export type Maybe<T> = T | null;
export type InputMaybe<T> = Maybe<T>;
export type Omit<T, K extends keyof T> = Pick<T, Exclude<keyof T, K>>;
export type RequireFields<T, K extends keyof T> = Omit<T, K> & { [P in K]-?: NonNullable<T[P]> };
/** All built-in and custom scalars, mapped to their actual values */
export type Scalars = {
  ID: { input: string; output: string; }
  String: { input: string; output: string; }
  Boolean: { input: boolean; output: boolean; }
  Int: { input: number; output: number; }
  Float: { input: number; output: number; }
  /** Any JSON value. Keys and values are passed on as they are. */
  JSON: { input: unknown; output: unknown; }
  _FieldSet: { input: unknown; output: unknown; }
};

/** A task to export. At least one of the three must be given. */
export type ConsistencyTaskInput = {
  /** Id of its source server, up to 36 characters. */
  sourceId?: InputMaybe<Scalars['ID']['input']>;
  /** Name of its source server, up to 255 characters. */
  sourceName?: InputMaybe<Scalars['String']['input']>;
  /** Id of the migration task, up to 36 characters. */
  taskId?: InputMaybe<Scalars['ID']['input']>;
};

/** Which tasks to export, and in what language. */
export type ExportConsistencyResultsInput = {
  /**
   * Language of the exported text, sent as `X-Language`. Without it the caller's own `X-Language` header is sent, if it is
   * `en-us` or `zh-cn`.
   */
  language?: InputMaybe<Language>;
  /** The tasks, 1 to 10,000. */
  taskInfo: Array<ConsistencyTaskInput>;
};

/** Some calls of a large export failed. What came is here, and what did not is named task by task. */
export type ExportConsistencyResultsPartial = {
  /** The tasks that were not, each with its error, in the order of the input. */
  failedTasks: Array<FailedExportTask>;
  /** The files that SMS answered with, one a call that succeeded. */
  files: Array<ExportedFile>;
  /** SMS's ids of the calls that succeeded. */
  requestIds: Array<Scalars['String']['output']>;
  /** The tasks that were exported, in the order of the input. */
  tasks: Array<ExportedTask>;
};

/** What comes of an export: everything, a part, or one of the six errors. */
export type ExportConsistencyResultsResult = ExportConsistencyResultsPartial | ExportConsistencyResultsSuccess | SmsForbiddenError | SmsInvalidInputError | SmsNotFoundError | SmsThrottledError | SmsUnauthenticatedError | SmsUnavailableError;

/** All tasks were exported. */
export type ExportConsistencyResultsSuccess = {
  /** The files that SMS answered with, one a call. Empty when SMS only acknowledges (`{}`, `OK`, nothing). */
  files: Array<ExportedFile>;
  /** SMS's ids of the calls, for a support ticket. */
  requestIds: Array<Scalars['String']['output']>;
  /** The tasks that were asked for, in the order of the input. */
  tasks: Array<ExportedTask>;
};

/** A file of exported consistency results, as SMS sent it. */
export type ExportedFile = {
  /** Its bytes in base64. */
  base64: Scalars['String']['output'];
  /** Its `Content-Type`. Null when SMS names none. */
  contentType?: Maybe<Scalars['String']['output']>;
  /** Its name (RFC 6266), without any path. Null when SMS names none. */
  fileName?: Maybe<Scalars['String']['output']>;
  /** Its value. Null when the text is not JSON. */
  json?: Maybe<Scalars['JSON']['output']>;
  /** Its size in bytes. */
  size: Scalars['Int']['output'];
  /** Its text. Null when the bytes are not UTF-8. */
  text?: Maybe<Scalars['String']['output']>;
};

/** A task that was asked for, with its way on. */
export type ExportedTask = {
  /** The migration task. Null when no task id was given. */
  migrationTask?: Maybe<MigrationTask>;
  /** Id of its source server, as given. */
  sourceId?: Maybe<Scalars['ID']['output']>;
  /** Name of its source server, as given. */
  sourceName?: Maybe<Scalars['String']['output']>;
  /** The source server. Null when no source server id was given. */
  sourceServer?: Maybe<SourceServer>;
  /** Id of the migration task, as given. */
  taskId?: Maybe<Scalars['ID']['output']>;
};

/** A task that could not be exported. */
export type FailedExportTask = {
  /** Why its call failed. */
  error: SmsError;
  /** The task, as given. */
  task: ExportedTask;
};

/** A language that SMS writes. */
export type Language =
  /** English, `en-us`. */
  | 'EN_US'
  /** Chinese, `zh-cn`. */
  | 'ZH_CN';

/** A migration task: the move of one source server to Huawei Cloud. */
export type MigrationTask = {
  /** Its id. */
  id: Scalars['ID']['output'];
};

/** Writes and exports. Every field answers with a union: the success first, then the errors that a caller can act on. */
export type Mutation = {
  /**
   * Exports the consistency results of migration tasks: which directories of the target server differ from the source
   * server, and in how many files. Up to 10,000 tasks; SMS takes 200 a call, so more are cut into calls of 200, at most 4
   * at a time. It only reads.
   * `POST /v3/tasks/consistency-results/export`
   */
  exportConsistencyResults: ExportConsistencyResultsResult;
};


/** Writes and exports. Every field answers with a union: the success first, then the errors that a caller can act on. */
export type MutationExportConsistencyResultsArgs = {
  input: ExportConsistencyResultsInput;
};

/** Reads. Each field names the SMS operation behind it. */
export type Query = {};

/**
 * A refusal or failure that the caller can act on. Six types say what to do next; select the common fields once with
 * `... on SmsError { message code requestId }`.
 */
export type SmsError = {
  /** SMS's own code, for example `SMS.9004` or `APIGW.0301`, or the gateway's, for example `TOKEN_MISSING`. Stable. */
  code: Scalars['String']['output'];
  /** What happened, to what, and what to do now. Made for people; the wording may change. */
  message: Scalars['String']['output'];
  /** SMS's id of the refused call, for a support ticket. Null when no call was made or none was named. */
  requestId?: Maybe<Scalars['String']['output']>;
};

/** One of the causes that SMS lists for a refusal. */
export type SmsErrorDetail = {
  /** SMS's code of the cause. */
  errorCode?: Maybe<Scalars['String']['output']>;
  /** SMS's text of the cause. */
  errorMsg?: Maybe<Scalars['String']['output']>;
};

/** The caller may not do this: ask an administrator for the permission that is named. SMS answered 403. */
export type SmsForbiddenError = SmsError & {
  /** SMS's code, for example `SMS.9004`. */
  code: Scalars['String']['output'];
  /** The causes that SMS lists. */
  details?: Maybe<Array<SmsErrorDetail>>;
  /** The decision in an encrypted form, which an administrator can decode at IAM. */
  encodedAuthorizationMessage?: Maybe<Scalars['String']['output']>;
  /** The values that SMS names in its text, here the IAM actions that are lacking. */
  errorParam?: Maybe<Array<Scalars['String']['output']>>;
  /** What is not permitted. */
  message: Scalars['String']['output'];
  /** SMS's id of the refused call. */
  requestId?: Maybe<Scalars['String']['output']>;
};

/** A place of the input that breaks a limit. */
export type SmsInvalidField = {
  /** What is allowed there. */
  message: Scalars['String']['output'];
  /** Where it is, from the argument down, for example `["input", "taskInfo", "3", "taskId"]`. */
  path: Array<Scalars['String']['output']>;
};

/** The input is not acceptable: mend it. SMS answered 400, 409, 413 or 422, or the gateway refused it before any call. */
export type SmsInvalidInputError = SmsError & {
  /** SMS's code, or `INVALID_INPUT` when the gateway refused it before any call. */
  code: Scalars['String']['output'];
  /** The causes that SMS lists. */
  details?: Maybe<Array<SmsErrorDetail>>;
  /** The values that SMS names in its text. */
  errorParam?: Maybe<Array<Scalars['String']['output']>>;
  /** Each offending place, when the gateway refused the input itself. */
  fields?: Maybe<Array<SmsInvalidField>>;
  /** What is wrong with the input. */
  message: Scalars['String']['output'];
  /** SMS's id of the refused call. Null when the gateway refused the input itself. */
  requestId?: Maybe<Scalars['String']['output']>;
};

/** No such thing: look elsewhere. SMS answered 404. */
export type SmsNotFoundError = SmsError & {
  /** SMS's code, for example `SMS.2252`. */
  code: Scalars['String']['output'];
  /** The causes that SMS lists. */
  details?: Maybe<Array<SmsErrorDetail>>;
  /** The values that SMS names in its text. */
  errorParam?: Maybe<Array<Scalars['String']['output']>>;
  /** What was not found. */
  message: Scalars['String']['output'];
  /** SMS's id of the refused call. */
  requestId?: Maybe<Scalars['String']['output']>;
};

/** Too many calls: wait, then try again. SMS answered 429. */
export type SmsThrottledError = SmsError & {
  /** SMS's code. */
  code: Scalars['String']['output'];
  /** The causes that SMS lists. */
  details?: Maybe<Array<SmsErrorDetail>>;
  /** The values that SMS names in its text. */
  errorParam?: Maybe<Array<Scalars['String']['output']>>;
  /** What was throttled. */
  message: Scalars['String']['output'];
  /** SMS's id of the refused call. */
  requestId?: Maybe<Scalars['String']['output']>;
  /** Seconds to wait, when SMS says so. */
  retryAfter?: Maybe<Scalars['Int']['output']>;
};

/**
 * The caller is not known: get a new token. SMS answered 401, there was no token, or the clock of the gateway is wrong
 * (the message says by how much).
 */
export type SmsUnauthenticatedError = SmsError & {
  /** SMS's code, or the gateway's: `TOKEN_MISSING`, `TOKEN_MALFORMED`, `API_KEY_MISSING`, `API_KEY_UNKNOWN`. */
  code: Scalars['String']['output'];
  /** The causes that SMS lists. */
  details?: Maybe<Array<SmsErrorDetail>>;
  /** The values that SMS names in its text. */
  errorParam?: Maybe<Array<Scalars['String']['output']>>;
  /** Why the caller is not known. */
  message: Scalars['String']['output'];
  /** SMS's id of the refused call. Null when the gateway refused the caller itself. */
  requestId?: Maybe<Scalars['String']['output']>;
};

/** SMS did not answer, or not as promised: try later. */
export type SmsUnavailableError = SmsError & {
  /** SMS's code, or the reason. */
  code: Scalars['String']['output'];
  /** The causes that SMS lists. */
  details?: Maybe<Array<SmsErrorDetail>>;
  /** The values that SMS names in its text. */
  errorParam?: Maybe<Array<Scalars['String']['output']>>;
  /** What failed. */
  message: Scalars['String']['output'];
  /** What kind of failure it was. */
  reason: SmsUnavailableReason;
  /** SMS's id of the failed call, when it answered at all. */
  requestId?: Maybe<Scalars['String']['output']>;
  /** Seconds to wait, when SMS says so. */
  retryAfter?: Maybe<Scalars['Int']['output']>;
};

/** Why SMS is not available. */
export type SmsUnavailableReason =
  /** The answer is not of the promised shape: too large, cut off, or of another type. */
  | 'INVALID_ANSWER'
  /** The gateway has more work than it can do. */
  | 'OVERLOADED'
  /** It did not answer in time. Whether the call was carried out is not known. */
  | 'TIMEOUT'
  /** No connection, or it broke before an answer came. */
  | 'UNREACHABLE'
  /** It answered 5xx, or sent the call elsewhere (3xx). */
  | 'UPSTREAM_ERROR';

/** A source server: a machine outside Huawei Cloud on which the migration agent runs. */
export type SourceServer = {
  /** Its id. */
  id: Scalars['ID']['output'];
  /** Its name in SMS. */
  name?: Maybe<Scalars['String']['output']>;
};



export type ResolverTypeWrapper<T> = Promise<T> | T;

export type ReferenceResolver<TResult, TReference, TContext> = (
      reference: TReference,
      context: TContext,
      info: GraphQLResolveInfo
    ) => Promise<TResult> | TResult;

      type ScalarCheck<T, S> = S extends true ? T : NullableCheck<T, S>;
      type NullableCheck<T, S> = Maybe<T> extends T ? Maybe<ListCheck<NonNullable<T>, S>> : ListCheck<T, S>;
      type ListCheck<T, S> = T extends (infer U)[] ? NullableCheck<U, S>[] : GraphQLRecursivePick<T, S>;
      export type GraphQLRecursivePick<T, S> = { [K in keyof T & keyof S]: ScalarCheck<T[K], S[K]> };
    

export type ResolverWithResolve<TResult, TParent, TContext, TArgs> = {
  resolve: ResolverFn<TResult, TParent, TContext, TArgs>;
};
export type Resolver<TResult, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>, TArgs = Record<PropertyKey, never>> = ResolverFn<TResult, TParent, TContext, TArgs> | ResolverWithResolve<TResult, TParent, TContext, TArgs>;

export type ResolverFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => Promise<TResult> | TResult;

export type SubscriptionSubscribeFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => AsyncIterable<TResult> | Promise<AsyncIterable<TResult>>;

export type SubscriptionResolveFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => TResult | Promise<TResult>;

export interface SubscriptionSubscriberObject<TResult, TKey extends string, TParent, TContext, TArgs> {
  subscribe: SubscriptionSubscribeFn<{ [key in TKey]: TResult }, TParent, TContext, TArgs>;
  resolve?: SubscriptionResolveFn<TResult, { [key in TKey]: TResult }, TContext, TArgs>;
}

export interface SubscriptionResolverObject<TResult, TParent, TContext, TArgs> {
  subscribe: SubscriptionSubscribeFn<any, TParent, TContext, TArgs>;
  resolve: SubscriptionResolveFn<TResult, any, TContext, TArgs>;
}

export type SubscriptionObject<TResult, TKey extends string, TParent, TContext, TArgs> =
  | SubscriptionSubscriberObject<TResult, TKey, TParent, TContext, TArgs>
  | SubscriptionResolverObject<TResult, TParent, TContext, TArgs>;

export type SubscriptionResolver<TResult, TKey extends string, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>, TArgs = Record<PropertyKey, never>> =
  | ((...args: any[]) => SubscriptionObject<TResult, TKey, TParent, TContext, TArgs>)
  | SubscriptionObject<TResult, TKey, TParent, TContext, TArgs>;

export type TypeResolveFn<TTypes, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>> = (
  parent: TParent,
  context: TContext,
  info: GraphQLResolveInfo
) => Maybe<TTypes> | Promise<Maybe<TTypes>>;

export type IsTypeOfResolverFn<T = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>> = (obj: T, context: TContext, info: GraphQLResolveInfo) => boolean | Promise<boolean>;

export type NextResolverFn<T> = () => Promise<T>;

export type DirectiveResolverFn<TResult = Record<PropertyKey, never>, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>, TArgs = Record<PropertyKey, never>> = (
  next: NextResolverFn<TResult>,
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => TResult | Promise<TResult>;

/** Mapping of federation types */
export type FederationTypes = {
  MigrationTask: MigrationTask;
  SourceServer: SourceServer;
};

/** Mapping of federation reference types */
export type FederationReferenceTypes = {
  MigrationTask:
    ( { __typename: 'MigrationTask' }
    & GraphQLRecursivePick<FederationTypes['MigrationTask'], {"id":true}> );
  SourceServer:
    ( { __typename: 'SourceServer' }
    & GraphQLRecursivePick<FederationTypes['SourceServer'], {"id":true}> );
};

/** Mapping of union types */
export type ResolversUnionTypes<_RefType extends Record<string, unknown>> = {
  ExportConsistencyResultsResult:
    | ( Wire<Omit<ExportConsistencyResultsPartial, 'failedTasks' | 'files'> & { failedTasks: Array<_RefType['FailedExportTask']>, files: Array<_RefType['ExportedFile']> }> & { __typename: 'ExportConsistencyResultsPartial' } )
    | ( Wire<Omit<ExportConsistencyResultsSuccess, 'files'> & { files: Array<_RefType['ExportedFile']> }> & { __typename: 'ExportConsistencyResultsSuccess' } )
    | ( Wire<SmsForbiddenError> & { __typename: 'SmsForbiddenError' } )
    | ( Wire<SmsInvalidInputError> & { __typename: 'SmsInvalidInputError' } )
    | ( Wire<SmsNotFoundError> & { __typename: 'SmsNotFoundError' } )
    | ( Wire<SmsThrottledError> & { __typename: 'SmsThrottledError' } )
    | ( Wire<SmsUnauthenticatedError> & { __typename: 'SmsUnauthenticatedError' } )
    | ( Wire<SmsUnavailableError> & { __typename: 'SmsUnavailableError' } )
  ;
};

/** Mapping of interface types */
export type ResolversInterfaceTypes<_RefType extends Record<string, unknown>> = {
  SmsError:
    | ( Wire<SmsForbiddenError> & { __typename: 'SmsForbiddenError' } )
    | ( Wire<SmsInvalidInputError> & { __typename: 'SmsInvalidInputError' } )
    | ( Wire<SmsNotFoundError> & { __typename: 'SmsNotFoundError' } )
    | ( Wire<SmsThrottledError> & { __typename: 'SmsThrottledError' } )
    | ( Wire<SmsUnauthenticatedError> & { __typename: 'SmsUnauthenticatedError' } )
    | ( Wire<SmsUnavailableError> & { __typename: 'SmsUnavailableError' } )
  ;
};

/** Mapping between all available schema types and the resolvers types */
export type ResolversTypes = {
  ConsistencyTaskInput: ResolverTypeWrapper<Wire<ConsistencyTaskInput>>;
  ID: ResolverTypeWrapper<Wire<Scalars['ID']['output']>>;
  String: ResolverTypeWrapper<Wire<Scalars['String']['output']>>;
  ExportConsistencyResultsInput: ResolverTypeWrapper<Wire<ExportConsistencyResultsInput>>;
  ExportConsistencyResultsPartial: ResolverTypeWrapper<Wire<Omit<ExportConsistencyResultsPartial, 'failedTasks' | 'files'> & { failedTasks: Array<ResolversTypes['FailedExportTask']>, files: Array<ResolversTypes['ExportedFile']> }>>;
  ExportConsistencyResultsResult: Wire<ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['ExportConsistencyResultsResult']>>;
  ExportConsistencyResultsSuccess: ResolverTypeWrapper<Wire<Omit<ExportConsistencyResultsSuccess, 'files'> & { files: Array<ResolversTypes['ExportedFile']> }>>;
  ExportedFile: ResolverTypeWrapper<DownloadedFile>;
  ExportedTask: ResolverTypeWrapper<Wire<ExportedTask>>;
  FailedExportTask: ResolverTypeWrapper<Wire<Omit<FailedExportTask, 'error'> & { error: ResolversTypes['SmsError'] }>>;
  JSON: ResolverTypeWrapper<Wire<Scalars['JSON']['output']>>;
  Language: ResolverTypeWrapper<Wire<Language>>;
  MigrationTask: ResolverTypeWrapper<Wire<MigrationTask>>;
  Mutation: ResolverTypeWrapper<Record<PropertyKey, never>>;
  Query: ResolverTypeWrapper<Record<PropertyKey, never>>;
  SmsError: ResolverTypeWrapper<ResolversInterfaceTypes<ResolversTypes>['SmsError']>;
  SmsErrorDetail: ResolverTypeWrapper<Wire<SmsErrorDetail>>;
  SmsForbiddenError: ResolverTypeWrapper<Wire<SmsForbiddenError>>;
  SmsInvalidField: ResolverTypeWrapper<Wire<SmsInvalidField>>;
  SmsInvalidInputError: ResolverTypeWrapper<Wire<SmsInvalidInputError>>;
  SmsNotFoundError: ResolverTypeWrapper<Wire<SmsNotFoundError>>;
  SmsThrottledError: ResolverTypeWrapper<Wire<SmsThrottledError>>;
  SmsUnauthenticatedError: ResolverTypeWrapper<Wire<SmsUnauthenticatedError>>;
  SmsUnavailableError: ResolverTypeWrapper<Wire<SmsUnavailableError>>;
  SmsUnavailableReason: ResolverTypeWrapper<Wire<SmsUnavailableReason>>;
  SourceServer: ResolverTypeWrapper<Wire<SourceServer>>;
  Int: ResolverTypeWrapper<Wire<Scalars['Int']['output']>>;
  Boolean: ResolverTypeWrapper<Wire<Scalars['Boolean']['output']>>;
};

/** Mapping between all available schema types and the resolvers parents */
export type ResolversParentTypes = {
  ConsistencyTaskInput: Wire<ConsistencyTaskInput>;
  ID: Wire<Scalars['ID']['output']>;
  String: Wire<Scalars['String']['output']>;
  ExportConsistencyResultsInput: Wire<ExportConsistencyResultsInput>;
  ExportConsistencyResultsPartial: Wire<Omit<ExportConsistencyResultsPartial, 'failedTasks' | 'files'> & { failedTasks: Array<ResolversParentTypes['FailedExportTask']>, files: Array<ResolversParentTypes['ExportedFile']> }>;
  ExportConsistencyResultsResult: Wire<ResolversUnionTypes<ResolversParentTypes>['ExportConsistencyResultsResult']>;
  ExportConsistencyResultsSuccess: Wire<Omit<ExportConsistencyResultsSuccess, 'files'> & { files: Array<ResolversParentTypes['ExportedFile']> }>;
  ExportedFile: DownloadedFile;
  ExportedTask: Wire<ExportedTask>;
  FailedExportTask: Wire<Omit<FailedExportTask, 'error'> & { error: ResolversParentTypes['SmsError'] }>;
  JSON: Wire<Scalars['JSON']['output']>;
  MigrationTask: Wire<MigrationTask | FederationReferenceTypes['MigrationTask']>;
  Mutation: Record<PropertyKey, never>;
  Query: Record<PropertyKey, never>;
  SmsError: ResolversInterfaceTypes<ResolversParentTypes>['SmsError'];
  SmsErrorDetail: Wire<SmsErrorDetail>;
  SmsForbiddenError: Wire<SmsForbiddenError>;
  SmsInvalidField: Wire<SmsInvalidField>;
  SmsInvalidInputError: Wire<SmsInvalidInputError>;
  SmsNotFoundError: Wire<SmsNotFoundError>;
  SmsThrottledError: Wire<SmsThrottledError>;
  SmsUnauthenticatedError: Wire<SmsUnauthenticatedError>;
  SmsUnavailableError: Wire<SmsUnavailableError>;
  SourceServer: Wire<SourceServer | FederationReferenceTypes['SourceServer']>;
  Int: Wire<Scalars['Int']['output']>;
  Boolean: Wire<Scalars['Boolean']['output']>;
};

export type LimitDirectiveArgs = {
  maxItems?: Maybe<Scalars['Int']['input']>;
  maxLength?: Maybe<Scalars['Int']['input']>;
  minItems?: Maybe<Scalars['Int']['input']>;
  minLength?: Maybe<Scalars['Int']['input']>;
};

export type LimitDirectiveResolver<Result, Parent, ContextType = Context, Args = LimitDirectiveArgs> = DirectiveResolverFn<Result, Parent, ContextType, Args>;

export type ExportConsistencyResultsPartialResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ExportConsistencyResultsPartial'] = ResolversParentTypes['ExportConsistencyResultsPartial']> = {
  failedTasks?: Resolver<Array<ResolversTypes['FailedExportTask']>, ParentType, ContextType>;
  files?: Resolver<Array<ResolversTypes['ExportedFile']>, ParentType, ContextType>;
  requestIds?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
  tasks?: Resolver<Array<ResolversTypes['ExportedTask']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type ExportConsistencyResultsResultResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ExportConsistencyResultsResult'] = ResolversParentTypes['ExportConsistencyResultsResult']> = {
  __resolveType: TypeResolveFn<'ExportConsistencyResultsPartial' | 'ExportConsistencyResultsSuccess' | 'SmsForbiddenError' | 'SmsInvalidInputError' | 'SmsNotFoundError' | 'SmsThrottledError' | 'SmsUnauthenticatedError' | 'SmsUnavailableError', ParentType, ContextType>;
};

export type ExportConsistencyResultsSuccessResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ExportConsistencyResultsSuccess'] = ResolversParentTypes['ExportConsistencyResultsSuccess']> = {
  files?: Resolver<Array<ResolversTypes['ExportedFile']>, ParentType, ContextType>;
  requestIds?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
  tasks?: Resolver<Array<ResolversTypes['ExportedTask']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type ExportedFileResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ExportedFile'] = ResolversParentTypes['ExportedFile']> = {
  base64?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  contentType?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  fileName?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  json?: Resolver<Maybe<ResolversTypes['JSON']>, ParentType, ContextType>;
  size?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  text?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type ExportedTaskResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ExportedTask'] = ResolversParentTypes['ExportedTask']> = {
  migrationTask?: Resolver<Maybe<ResolversTypes['MigrationTask']>, ParentType, ContextType>;
  sourceId?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  sourceName?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  sourceServer?: Resolver<Maybe<ResolversTypes['SourceServer']>, ParentType, ContextType>;
  taskId?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
};

export type FailedExportTaskResolvers<ContextType = Context, ParentType extends ResolversParentTypes['FailedExportTask'] = ResolversParentTypes['FailedExportTask']> = {
  error?: Resolver<ResolversTypes['SmsError'], ParentType, ContextType>;
  task?: Resolver<ResolversTypes['ExportedTask'], ParentType, ContextType>;
};

export interface JsonScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['JSON'], any> {
  name: 'JSON';
}

export type MigrationTaskResolvers<ContextType = Context, ParentType extends ResolversParentTypes['MigrationTask'] = ResolversParentTypes['MigrationTask'], FederationReferenceType extends FederationReferenceTypes['MigrationTask'] = FederationReferenceTypes['MigrationTask']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['MigrationTask']> | FederationReferenceType, FederationReferenceType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
};

export type MutationResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Mutation'] = ResolversParentTypes['Mutation']> = {
  exportConsistencyResults?: Resolver<ResolversTypes['ExportConsistencyResultsResult'], ParentType, ContextType, RequireFields<MutationExportConsistencyResultsArgs, 'input'>>;
};

export type SmsErrorResolvers<ContextType = Context, ParentType extends ResolversParentTypes['SmsError'] = ResolversParentTypes['SmsError']> = {
  __resolveType: TypeResolveFn<'SmsForbiddenError' | 'SmsInvalidInputError' | 'SmsNotFoundError' | 'SmsThrottledError' | 'SmsUnauthenticatedError' | 'SmsUnavailableError', ParentType, ContextType>;
};

export type SmsErrorDetailResolvers<ContextType = Context, ParentType extends ResolversParentTypes['SmsErrorDetail'] = ResolversParentTypes['SmsErrorDetail']> = {
  errorCode?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  errorMsg?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type SmsForbiddenErrorResolvers<ContextType = Context, ParentType extends ResolversParentTypes['SmsForbiddenError'] = ResolversParentTypes['SmsForbiddenError']> = {
  code?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  details?: Resolver<Maybe<Array<ResolversTypes['SmsErrorDetail']>>, ParentType, ContextType>;
  encodedAuthorizationMessage?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  errorParam?: Resolver<Maybe<Array<ResolversTypes['String']>>, ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  requestId?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type SmsInvalidFieldResolvers<ContextType = Context, ParentType extends ResolversParentTypes['SmsInvalidField'] = ResolversParentTypes['SmsInvalidField']> = {
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  path?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
};

export type SmsInvalidInputErrorResolvers<ContextType = Context, ParentType extends ResolversParentTypes['SmsInvalidInputError'] = ResolversParentTypes['SmsInvalidInputError']> = {
  code?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  details?: Resolver<Maybe<Array<ResolversTypes['SmsErrorDetail']>>, ParentType, ContextType>;
  errorParam?: Resolver<Maybe<Array<ResolversTypes['String']>>, ParentType, ContextType>;
  fields?: Resolver<Maybe<Array<ResolversTypes['SmsInvalidField']>>, ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  requestId?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type SmsNotFoundErrorResolvers<ContextType = Context, ParentType extends ResolversParentTypes['SmsNotFoundError'] = ResolversParentTypes['SmsNotFoundError']> = {
  code?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  details?: Resolver<Maybe<Array<ResolversTypes['SmsErrorDetail']>>, ParentType, ContextType>;
  errorParam?: Resolver<Maybe<Array<ResolversTypes['String']>>, ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  requestId?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type SmsThrottledErrorResolvers<ContextType = Context, ParentType extends ResolversParentTypes['SmsThrottledError'] = ResolversParentTypes['SmsThrottledError']> = {
  code?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  details?: Resolver<Maybe<Array<ResolversTypes['SmsErrorDetail']>>, ParentType, ContextType>;
  errorParam?: Resolver<Maybe<Array<ResolversTypes['String']>>, ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  requestId?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  retryAfter?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type SmsUnauthenticatedErrorResolvers<ContextType = Context, ParentType extends ResolversParentTypes['SmsUnauthenticatedError'] = ResolversParentTypes['SmsUnauthenticatedError']> = {
  code?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  details?: Resolver<Maybe<Array<ResolversTypes['SmsErrorDetail']>>, ParentType, ContextType>;
  errorParam?: Resolver<Maybe<Array<ResolversTypes['String']>>, ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  requestId?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type SmsUnavailableErrorResolvers<ContextType = Context, ParentType extends ResolversParentTypes['SmsUnavailableError'] = ResolversParentTypes['SmsUnavailableError']> = {
  code?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  details?: Resolver<Maybe<Array<ResolversTypes['SmsErrorDetail']>>, ParentType, ContextType>;
  errorParam?: Resolver<Maybe<Array<ResolversTypes['String']>>, ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  reason?: Resolver<ResolversTypes['SmsUnavailableReason'], ParentType, ContextType>;
  requestId?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  retryAfter?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type SourceServerResolvers<ContextType = Context, ParentType extends ResolversParentTypes['SourceServer'] = ResolversParentTypes['SourceServer'], FederationReferenceType extends FederationReferenceTypes['SourceServer'] = FederationReferenceTypes['SourceServer']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['SourceServer']> | FederationReferenceType, FederationReferenceType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  name?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type Resolvers<ContextType = Context> = {
  ExportConsistencyResultsPartial?: ExportConsistencyResultsPartialResolvers<ContextType>;
  ExportConsistencyResultsResult?: ExportConsistencyResultsResultResolvers<ContextType>;
  ExportConsistencyResultsSuccess?: ExportConsistencyResultsSuccessResolvers<ContextType>;
  ExportedFile?: ExportedFileResolvers<ContextType>;
  ExportedTask?: ExportedTaskResolvers<ContextType>;
  FailedExportTask?: FailedExportTaskResolvers<ContextType>;
  JSON?: GraphQLScalarType;
  MigrationTask?: MigrationTaskResolvers<ContextType>;
  Mutation?: MutationResolvers<ContextType>;
  SmsError?: SmsErrorResolvers<ContextType>;
  SmsErrorDetail?: SmsErrorDetailResolvers<ContextType>;
  SmsForbiddenError?: SmsForbiddenErrorResolvers<ContextType>;
  SmsInvalidField?: SmsInvalidFieldResolvers<ContextType>;
  SmsInvalidInputError?: SmsInvalidInputErrorResolvers<ContextType>;
  SmsNotFoundError?: SmsNotFoundErrorResolvers<ContextType>;
  SmsThrottledError?: SmsThrottledErrorResolvers<ContextType>;
  SmsUnauthenticatedError?: SmsUnauthenticatedErrorResolvers<ContextType>;
  SmsUnavailableError?: SmsUnavailableErrorResolvers<ContextType>;
  SourceServer?: SourceServerResolvers<ContextType>;
};

export type DirectiveResolvers<ContextType = Context> = {
  limit?: LimitDirectiveResolver<any, any, ContextType>;
};
