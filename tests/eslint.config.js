export { default } from "../clients/web/eslint.config.js";
