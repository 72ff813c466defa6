import { useQuery, useQueryClient, type QueryClient } from "@tanstack/react-query";
import { Spin } from "antd";
import { useMemo, useState, type ReactNode } from "react";
import { Navigate, useLocation } from "react-router";
import { makeApi } from "../shared/api/api";
import { ErrorNotice } from "../shared/ui/ErrorNotice";
import { NoShopNotice } from "./NoShopNotice";
import { logOut, readSession, type Session } from "./session";
import { WorkContext, type Work } from "./work";

export const sessionKey = ["session"] as const;
const shopKey = "redress.shop";

// Why the log-in page is shown; travels in the history entry, not in the address.
export interface ComingFrom {
  from: string;
  why: "expired" | "left" | undefined;
}

const whyKey = ["why the session ended"] as const;

// Forgets everything that was read for the account.
export function endSession(queries: QueryClient, why: ComingFrom["why"]): void {
  queries.removeQueries({ predicate: (query) => query.queryKey[0] !== sessionKey[0] });
  queries.setQueryData(whyKey, why);
  queries.setQueryData(sessionKey, null);
}

// Shows its children to a signed-in account, everybody else the log-in page and then this place.
export function SignedIn({ children }: { children: ReactNode }) {
  const place = useLocation();
  const read = useQuery({ queryKey: sessionKey, queryFn: readSession, staleTime: Infinity });
  const queries = useQueryClient();
  if (read.data) {
    return <WorkIn session={read.data}>{children}</WorkIn>;
  }
  if (read.data === null) {
    const why = queries.getQueryData<ComingFrom["why"]>(whyKey);
    const state: ComingFrom = { from: place.pathname + place.search, why };
    return <Navigate to="/log-in" replace state={state} />;
  }
  if (read.error) {
    return (
      <main className="centre">
        <ErrorNotice error={read.error} onRetry={() => void read.refetch()} />
      </main>
    );
  }
  return (
    <main className="centre" aria-busy="true">
      <Spin />
    </main>
  );
}

function WorkIn({ session, children }: { session: Session; children: ReactNode }) {
  const queries = useQueryClient();
  const [shopId, setShopId] = useState(() => localStorage.getItem(shopKey));
  const shop =
    session.memberships.find((membership) => membership.shopId === shopId) ??
    session.memberships[0];
  const work = useMemo<Work | undefined>(() => {
    if (!shop) return undefined;
    return {
      session,
      shop,
      api: makeApi({
        csrfToken: session.csrfToken,
        shopId: shop.shopId,
        onSessionEnded: () => endSession(queries, "expired"),
      }),
      chooseShop: (chosen) => {
        localStorage.setItem(shopKey, chosen);
        setShopId(chosen);
      },
      leave: async () => {
        await logOut(session.csrfToken);
        endSession(queries, "left");
      },
      can: (...roles) => roles.some((role) => shop.roles.includes(role)),
    };
  }, [session, shop, queries]);
  return work ? <WorkContext value={work}>{children}</WorkContext> : <NoShop session={session} />;
}

function NoShop({ session }: { session: Session }) {
  const queries = useQueryClient();
  const leave = () => void logOut(session.csrfToken).then(() => endSession(queries, "left"));
  return <NoShopNotice onLeave={leave} />;
}
