import { orError } from '../errors.ts';
import type { Resolvers, SmsApiVersion } from '../generated/graphql.ts';
import { orNull } from '../sms/entities.ts';
import { path } from '../sms/path.ts';
import type { Wire } from '../sms/wire.ts';

export const resolvers: Resolvers = {
  Query: {
    privacyAgreement: (_, _arguments, { sms }) => sms.get('/v3/privacy-agreements'),
    apiVersions: async (_, _arguments, { sms }) => (await sms.list<Wire<SmsApiVersion>>('/', 'versions')).items,
    apiVersion: (_, { version }, { sms }) => orNull(() => sms.get<Wire<SmsApiVersion>>(path`/${version}`)),
  },
  Mutation: {
    acceptPrivacyAgreement: (_, _arguments, { sms }) =>
      orError('AcceptPrivacyAgreementSuccess', sms.post('/v3/privacy-agreements'), () => ({
        privacy_agreement: { flag: true },
      })),
  },
};
