/** Events of subscriptions: the update, or the error as data. */
import type { WatchUpdate } from '../sms/operations/task-watch.ts';
import { errorObject, isSmsFailure, type SmsErrorObject } from './errors.ts';
import type { FieldWrapper } from './wrappers/field-wrapper.ts';

/** The event for an update, or for an error. Throws if the error is a bug. */
export function eventOf<Value, Event extends object>(
  update: WatchUpdate<Value>,
  make: (update: { value: Value; ended: boolean }) => Event,
): Event | SmsErrorObject {
  if ('value' in update) return make(update);
  if (isSmsFailure(update.error)) return errorObject(update.error);
  throw update.error;
}

/** A stream of one event: the error. */
export async function* errorEvent(error: unknown) {
  yield { error };
}

/** Turns an error before the first event into an event. */
export const failWithEvent: FieldWrapper = (subscribe) => async (source, args, context, info) => {
  try {
    return await subscribe(source, args, context, info);
  } catch (error) {
    if (isSmsFailure(error)) return errorEvent(error);
    throw error;
  }
};
