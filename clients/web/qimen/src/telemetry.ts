// The bridge's figures for Prometheus.
import { addGauge, exposeMetrics } from "@redress/program/metrics";
import { Counter, Registry, collectDefaultMetrics } from "prom-client";

export class Telemetry {
  readonly #registry = new Registry();
  readonly #sent: Counter<"method" | "outcome">;
  readonly #taken: Counter<"method" | "outcome">;
  readonly #unexpected: Counter;

  constructor() {
    this.#registry.setDefaultLabels({ service: "qimen" });
    collectDefaultMetrics({ register: this.#registry });
    const registers = [this.#registry];
    const labelNames = ["method", "outcome"] as const;
    this.#sent = new Counter({
      name: "redress_qimen_sent_total",
      help: "Requests to the warehouse system by outcome: success, failure, unreachable.",
      labelNames,
      registers,
    });
    this.#taken = new Counter({
      name: "redress_qimen_taken_total",
      help: "Requests of the warehouse system by the answer's code; 0 is success.",
      labelNames,
      registers,
    });
    this.#unexpected = new Counter({
      name: "redress_qimen_unexpected_total",
      help: "Goods that were recorded for a person, since no task takes them.",
      registers,
    });
  }

  sent(method: string, outcome: "success" | "failure" | "unreachable"): void {
    this.#sent.inc({ method, outcome });
  }

  taken(method: string, outcome: string): void {
    this.#taken.inc({ method, outcome });
  }

  unexpected(records: number): void {
    this.#unexpected.inc(records);
  }

  async expose(port: number, openTasks: () => number): Promise<void> {
    addGauge(this.#registry, "redress_qimen_tasks", "Open tasks that are known.", openTasks);
    await exposeMetrics(this.#registry, port);
  }
}
