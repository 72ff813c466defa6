import { Code } from "@connectrpc/connect";
import type { Identity, Person } from "@redress/contract/redress/customer/v1/person_service_pb";
import { useQuery } from "@tanstack/react-query";
import { useWork } from "../session/work";
import type { Api } from "../shared/api/api";
import { isRefusal } from "../shared/api/refusal";
import { useChanging } from "../shared/api/useChanging";

// What marketplaces and apps call a customer besides the nick.

export const identityKinds = ["open_id", "union_id", "nick"];
export type IdentityName = Pick<Identity, "kind" | "platform" | "name">;

// What a person's own names make read again.
const topics = ["person", "customers"];

export function usePerson(customerId: string) {
  const { api, shop } = useWork();
  return useQuery({
    queryKey: [shop.shopId, "person", customerId],
    queryFn: async ({ signal }) => {
      const key = { case: "customerId", value: customerId } as const;
      const { person } = await api.persons.findPerson({ key }, { signal });
      if (!person) throw new Error("the answer has no person");
      return person;
    },
  });
}

export function useLinkIdentity(customerId: string, onDone: () => void) {
  const { api } = useWork();
  return useChanging(
    (identity: IdentityName, requestId) =>
      api.persons.linkIdentity({ requestId, customerId, identity }),
    topics,
    onDone,
  );
}

// A person's names do not say which of the merged customers has them: each is asked until one has.
export function useUnlinkIdentity(person: Person) {
  const { api } = useWork();
  return useChanging(async (identity: IdentityName, requestId) => {
    const owners = person.customers.map(({ customerId }) => customerId);
    for (const [at, customerId] of owners.entries()) {
      const isLast = at === owners.length - 1;
      try {
        const request = { requestId: `${requestId}.${String(at)}`, customerId, identity };
        return await api.persons.unlinkIdentity(request);
      } catch (error) {
        if (isLast || !isRefusal(error, Code.NotFound)) throw error;
      }
    }
    throw new Error("a person has at least one customer");
  }, topics);
}

// Words that name their marketplace themselves, e.g. `wechat:o6_bmjrPTlm6`.
const withPlatform = /^([a-z0-9_]{1,32}):(\S+)$/;
const couldBeName = /^\S{4,}$/;
const mostPlatforms = 6;

export function couldBeIdentity(words: string): boolean {
  return couldBeName.test(words);
}

// The names that the words may be: of each kind, on the marketplace they say or on those known.
export function namesIn(words: string, platforms: string[]): IdentityName[] {
  const [, platform, name] = withPlatform.exec(words) ?? [];
  const places = platform && name ? [{ platform, name }] : [];
  const known = platforms.slice(0, mostPlatforms).map((one) => ({ platform: one, name: words }));
  return [...places, ...known].flatMap((place) =>
    identityKinds.map((kind) => ({ kind, ...place })),
  );
}

async function findBy(
  { persons }: Api,
  name: IdentityName,
  signal: AbortSignal,
): Promise<CalledPerson | undefined> {
  try {
    const key = { case: "identity", value: name } as const;
    const { person } = await persons.findPerson({ key }, { signal });
    return person && { person, name };
  } catch (error) {
    if (isRefusal(error, Code.NotFound)) return undefined;
    throw error;
  }
}

// Where the shop's latest customers come from.
function usePlatforms(enabled: boolean) {
  const { api, shop } = useWork();
  return useQuery({
    queryKey: [shop.shopId, "customers", "platforms"],
    queryFn: async ({ signal }) => {
      const { customers } = await api.customers.listCustomers({ pageSize: 200 }, { signal });
      return [...new Set(customers.map(({ platform }) => platform))];
    },
    enabled,
    staleTime: 600_000,
  });
}

export interface CalledPerson {
  person: Person;
  // By which the person was found.
  name: IdentityName;
}

// Who is called exactly so besides the nick. Asked only where `enabled`: it is a call for each kind
// and marketplace.
export function usePersonsCalled(words: string, enabled: boolean) {
  const { api, shop } = useWork();
  const isAsked = enabled && couldBeIdentity(words);
  const platforms = usePlatforms(isAsked);
  const places = platforms.data ?? [];
  const found = useQuery({
    queryKey: [shop.shopId, "customers", "called", words, places],
    queryFn: async ({ signal }) => {
      const names = namesIn(words, places);
      const answers = await Promise.all(names.map((name) => findBy(api, name, signal)));
      const persons = answers.filter((one) => one !== undefined);
      return [...new Map(persons.map((one) => [one.person.headCustomerId, one])).values()];
    },
    enabled: isAsked && platforms.data !== undefined,
  });
  return {
    data: found.data,
    error: platforms.error ?? found.error,
    refetch: platforms.error ? platforms.refetch : found.refetch,
    isAsked,
    isSearching: isAsked && (platforms.isFetching || found.isFetching),
  };
}
