import { createContext, useContext } from "react";
import type { Api } from "../shared/api/api";
import type { Membership, Session } from "./session";

// Who works, in which shop, and the services as they may call them.
export interface Work {
  session: Session;
  shop: Membership;
  api: Api;
  chooseShop: (shopId: string) => void;
  leave: () => Promise<void>;
  // Whether the account has one of these roles in the shop, e.g. can("ROLE_AGENT").
  can: (...roles: string[]) => boolean;
}

export const WorkContext = createContext<Work | undefined>(undefined);

export function useWork(): Work {
  const work = useContext(WorkContext);
  if (!work) throw new Error("nobody is signed in here");
  return work;
}
