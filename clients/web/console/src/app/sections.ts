// What the console has, and who has something to do or to read there.

export interface Section {
  name:
    | "workbench"
    | "customers"
    | "orders"
    | "warehouse"
    | "messages"
    | "finance"
    | "compensation"
    | "platform"
    | "team"
    | "figures"
    | "deadlines"
    | "webhooks"
    | "privacy"
    | "care";
  path: string;
  // The key after g.
  key: string;
  roles: string[];
}

const readers = ["ROLE_ADMIN", "ROLE_AUDITOR"];

export const sections: Section[] = [
  {
    name: "workbench",
    path: "/workbench",
    key: "w",
    roles: ["ROLE_AGENT", "ROLE_SUPERVISOR", "ROLE_FINANCE", ...readers],
  },
  {
    name: "customers",
    path: "/customers",
    key: "k",
    roles: ["ROLE_AGENT", "ROLE_SUPERVISOR", "ROLE_FINANCE", ...readers],
  },
  {
    name: "orders",
    path: "/orders",
    key: "o",
    roles: ["ROLE_AGENT", "ROLE_SUPERVISOR", "ROLE_FINANCE", ...readers],
  },
  {
    name: "warehouse",
    path: "/warehouse",
    key: "h",
    roles: ["ROLE_WAREHOUSE", "ROLE_SUPERVISOR", ...readers],
  },
  {
    name: "finance",
    path: "/settlements",
    key: "s",
    roles: ["ROLE_FINANCE", "ROLE_SUPERVISOR", ...readers],
  },
  {
    name: "compensation",
    path: "/compensations",
    key: "c",
    roles: ["ROLE_AGENT", "ROLE_SUPERVISOR", "ROLE_FINANCE", ...readers],
  },
  {
    name: "messages",
    path: "/messages",
    key: "m",
    roles: ["ROLE_AGENT", "ROLE_SUPERVISOR", ...readers],
  },
  {
    name: "care",
    path: "/care",
    key: "a",
    roles: ["ROLE_AGENT", "ROLE_SUPERVISOR", ...readers],
  },
  { name: "team", path: "/team", key: "t", roles: ["ROLE_SUPERVISOR", ...readers] },
  {
    name: "platform",
    path: "/platform",
    key: "p",
    roles: ["ROLE_AGENT", "ROLE_SUPERVISOR", "ROLE_FINANCE", ...readers],
  },
  {
    name: "figures",
    path: "/figures",
    key: "f",
    roles: ["ROLE_AGENT", "ROLE_SUPERVISOR", "ROLE_FINANCE", ...readers],
  },
  { name: "deadlines", path: "/deadlines", key: "d", roles: ["ROLE_SUPERVISOR", ...readers] },
  { name: "webhooks", path: "/webhooks", key: "e", roles: readers },
  { name: "privacy", path: "/privacy", key: "y", roles: ["ROLE_SUPERVISOR", ...readers] },
];

export function sectionsOf(roles: string[]): Section[] {
  return sections.filter((section) => section.roles.some((role) => roles.includes(role)));
}

// Where an account starts: with the work that only its role does.
export function startOf(roles: string[]): string | undefined {
  if (roles.includes("ROLE_WAREHOUSE")) return "/warehouse";
  if (roles.includes("ROLE_FINANCE")) return "/settlements";
  return sectionsOf(roles)[0]?.path;
}
