# How the suites run under a sanitizer; sourced by tests/run, which has set -euo pipefail.
#
# Every process that a suite starts, the services of a deployment among them, writes its findings
# into one folder: a supervisor that starts a service anew cannot hide that it died of one.

readonly suppressions=$source_dir/tests/support/sanitizers

# use_sanitizer PRESET FOLDER: sets what the processes of PRESET read, and empties FOLDER.
use_sanitizer() {
  local preset=$1 findings=$2 wrong
  rm -rf "$findings"
  mkdir -p "$findings"
  # Ours is mended, not suppressed.
  if wrong=$(grep -vE '^(#.*|[a-z_]+:lib[a-z_+-]+\.so)?$' "$suppressions/$preset.supp"); then
    fail "tests/support/sanitizers/$preset.supp names more than a foreign library: $wrong"
  fi
  case "$preset" in
    asan)
      export ASAN_OPTIONS="log_path=$findings/asan:detect_stack_use_after_return=1:strict_string_checks=1:check_initialization_order=1:abort_on_error=0:exitcode=66"
      export LSAN_OPTIONS="suppressions=$suppressions/asan.supp:print_suppressions=0"
      export UBSAN_OPTIONS="log_path=$findings/ubsan:print_stacktrace=1:halt_on_error=1"
      ;;
    tsan)
      export TSAN_OPTIONS="log_path=$findings/tsan:suppressions=$suppressions/tsan.supp:second_deadlock_stack=1:history_size=4:exitcode=66"
      ;;
  esac
}

# Prints the figures of PRESET, and fails when there was a finding.
report_sanitizer() {
  local preset=$1 findings=$2 found
  found=$(find "$findings" -type f | wc -l)
  printf 'figure %s_findings %s\n' "$preset" "$found"
  printf 'figure %s_suppressions %s\n' "$preset" \
    "$(grep -cE '^[a-z_]+:' "$suppressions/$preset.supp" || true)"
  [ "$found" = 0 ] && return
  find "$findings" -type f -print -exec head -40 {} \; | head -200
  return 1
}
