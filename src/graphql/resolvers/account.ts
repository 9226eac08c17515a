import type { SmsClient } from '../../sms/client.ts';
import { path } from '../../sms/http/path.ts';
import type { Wire } from '../../sms/wire.ts';
import { isSmsFailure, successOrError } from '../errors.ts';
import type { Resolvers, SmsApiVersion } from '../generated/graphql.ts';

export const resolvers: Resolvers = {
  Query: {
    privacyAgreement: (_, _arguments, { sms }) => sms.get('/v3/privacy-agreements'),
    apiVersions: (_, _arguments, { sms }) => versions(sms),
    apiVersion: (_, { version }, { sms }) => versionOrNull(version, sms),
  },
  Mutation: {
    acceptPrivacyAgreement: (_, _arguments, { sms }) =>
      successOrError('AcceptPrivacyAgreementSuccess', sms.post('/v3/privacy-agreements'), {
        privacy_agreement: { flag: true },
      }),
  },
};

async function versions(sms: SmsClient): Promise<Wire<SmsApiVersion>[]> {
  return (await sms.list<Wire<SmsApiVersion>>('/', 'versions')).items;
}

/** The API gateway reports an unknown version, with a 404 of its own, so SMS's list decides whether the version exists. */
async function versionOrNull(version: string, sms: SmsClient): Promise<Wire<SmsApiVersion> | null> {
  try {
    return await sms.get<Wire<SmsApiVersion>>(path`/${version}`);
  } catch (error) {
    if (!isSmsFailure(error) || error.facts.httpStatus !== 404) throw error;
    if ((await versions(sms)).some((other) => (other as { id?: unknown }).id === version)) throw error;
    return null;
  }
}
