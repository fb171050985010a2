import { useText } from '../shell/use-text.ts';
import { logTexts } from './text.ts';

/** What the API counts errors under that name no service, and those of services beyond its bound. */
const noService = '(none)';
const otherServices = '(other)';

/** A service as people read it. */
export function useServiceName(): (service: string) => string {
  const { services: text } = useText(logTexts);
  return (service) => (service === noService ? text.none : service === otherServices ? text.others : service);
}
