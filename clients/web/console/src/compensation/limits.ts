// The shop's settings that decide what may be given, and what cannot be returned.
export interface Limit {
  // As the service knows the setting.
  name:
    | "compensation_agent_single"
    | "compensation_agent_month"
    | "compensation_supervisor_single"
    | "compensation_supervisor_month"
    | "compensation_reasons"
    | "non_returnable_categories";
  isMoney: boolean;
  // What holds where the shop has set nothing.
  standard: string;
}

const reasons =
  "quality,damaged_in_transit,late_delivery,wrong_goods,missing_goods,wrong_description,service,price,other";

export const limits: Limit[] = [
  { name: "compensation_agent_single", isMoney: true, standard: "2000" },
  { name: "compensation_agent_month", isMoney: true, standard: "50000" },
  { name: "compensation_supervisor_single", isMoney: true, standard: "20000" },
  { name: "compensation_supervisor_month", isMoney: true, standard: "500000" },
  { name: "compensation_reasons", isMoney: false, standard: reasons },
  { name: "non_returnable_categories", isMoney: false, standard: "" },
];
