// The bridge's own log-in: an account with the role `integration` or `warehouse` in one shop.
// Tokens live in memory alone; after a restart the bridge logs in again.
import { ConnectError, createClient, type Client, type Transport } from "@connectrpc/connect";
import {
  SessionService,
  type SessionTokens,
  type ShopMembership,
} from "@redress/contract/redress/identity/v1/session_service_pb";
import type { Clock } from "@redress/program/clock";

const TIMEOUT_MS = 10_000;
// Renewed this long before it expires, so that no call sets out with a token that dies on the way.
const MARGIN_MS = 60_000;

export interface Credentials {
  readonly accountName: string;
  readonly password: string;
  /** Empty for the account's only shop. */
  readonly shopId: string;
}

interface Session {
  readonly accountId: string;
  readonly shopId: string;
  readonly tokens: SessionTokens;
}

/** The account cannot do the bridge's work: configuration or memberships have to change. */
export class AccountUnfit extends Error {
  override name = "AccountUnfit";
}

export class Account {
  readonly #identity: Client<typeof SessionService>;
  readonly #credentials: Credentials;
  readonly #clock: Clock;
  #session: Promise<Session> | undefined;
  #isExpired = false;

  constructor(identity: Transport, credentials: Credentials, clock: Clock) {
    this.#identity = createClient(SessionService, identity);
    this.#credentials = credentials;
    this.#clock = clock;
  }

  /** Whose leases are the bridge's own. */
  async id(): Promise<string> {
    return (await this.#fresh()).accountId;
  }

  /** What every call carries. Throws when identity is away or refuses the account. */
  async headers(): Promise<Headers> {
    const { tokens, shopId } = await this.#fresh();
    return new Headers({
      authorization: `Bearer ${tokens.accessToken}`,
      "x-redress-shop": shopId,
    });
  }

  /** A service refused the token: it has run out, or the session was ended. */
  expire(): void {
    this.#isExpired = true;
  }

  // One log-in or renewal at a time: a refresh token that is spent twice ends its session.
  async #fresh(): Promise<Session> {
    const asked = (this.#session ??= this.#logIn());
    try {
      const session = await asked;
      const isGood = expiryMs(session.tokens) - MARGIN_MS > this.#clock.nowMs();
      if (this.#session !== asked) return await this.#fresh();
      if (isGood && !this.#isExpired) return session;
      this.#isExpired = false;
      return await (this.#session = this.#renew(session));
    } catch (error) {
      this.#session = undefined;
      throw error;
    }
  }

  async #renew(session: Session): Promise<Session> {
    try {
      const { refreshToken } = session.tokens;
      const { tokens } = await this.#identity.refreshSession(
        { refreshToken },
        { timeoutMs: TIMEOUT_MS },
      );
      if (tokens !== undefined) return { ...session, tokens };
    } catch (error) {
      // Whether the token was spent cannot be known after a failure; the password still works.
      if (!(error instanceof ConnectError)) throw error;
    }
    return this.#logIn();
  }

  async #logIn(): Promise<Session> {
    const { accountName, password } = this.#credentials;
    const answer = await this.#identity.logIn({ accountName, password }, { timeoutMs: TIMEOUT_MS });
    if (answer.tokens === undefined) throw new Error("identity logged in without tokens");
    const shop = this.#shopOf(answer.memberships);
    return { accountId: answer.accountId, shopId: shop.shopId, tokens: answer.tokens };
  }

  #shopOf(memberships: readonly ShopMembership[]): ShopMembership {
    const { accountName, shopId } = this.#credentials;
    const [shop, another] =
      shopId === "" ? memberships : memberships.filter((one) => one.shopId === shopId);
    if (shop === undefined) {
      throw new AccountUnfit(`${accountName} is no member of the shop ${shopId}: make it one`);
    }
    if (another !== undefined) {
      throw new AccountUnfit(`${accountName} works in several shops: name one in qimen.shop`);
    }
    return shop;
  }
}

function expiryMs(tokens: SessionTokens): number {
  return Number(tokens.accessExpireTime?.seconds ?? 0n) * 1000;
}
