# Upload speed, CPU and memory against curl and md5sum, for http, https and slow answers.
bench *args:
    tests/bench/upload.sh {{args}}

# A package of 1 GiB through the whole program, twice: time and memory.
big *args:
    tests/bench/big.sh {{args}}

# 200 runs killed at any moment by three signals, each repeated: what is there twice, and what is left.
kills jetway="target/release/jetway" count="200":
    tests/bench/kills.py {{jetway}} {{count}}

# 84 runs through a network that fails in seven ways: what ends well, what is repeated, what is there twice or left.
faults jetway="target/release/jetway" count="12":
    tests/bench/faults.py {{jetway}} {{count}}

# 200 rehearsals of an archive killed at any moment: what is left on the machine after `jetway cleanup`.
kills-archive jetway="target/release/jetway" count="200":
    tests/bench/kills_archive.py {{jetway}} {{count}}

# How fast logs are read, clean and full of errors, and in how much memory.
logspeed:
    cargo test --release --lib logs::tests::bench -- --ignored --nocapture --test-threads=1

# Before each commit.
check:
    cargo fmt --check
    cargo clippy --locked --all-targets -- -D warnings
    cargo test --locked

# All that CI runs.
ci:
    .ci/run

# Write the pages in docs/codes anew from the catalogue.
codes:
    JETWAY_BLESS=1 cargo test --lib codes::tests::page
    JETWAY_BLESS=1 cargo test --lib preflight::tests::docs

# Look at new snapshots and take them over.
snap:
    cargo insta review

# A reader or writer of strangers' bytes under a fuzzer, for a minute; `just fuzz-seeds` first gives it whole packages.
# Leaks are not looked for: what the C library keeps for the end of a thread looks like one.
fuzz target="read_log" seconds="60":
    cargo +nightly fuzz run --fuzz-dir tests/fuzz {{target}} -- -max_total_time={{seconds}} -rss_limit_mb=1024 -timeout=20 -detect_leaks=0

# What the fuzzer begins with: packages, code, signatures, profiles and lists as the tests make them.
fuzz-seeds:
    cargo test --lib seeds_for_the_fuzzer -- --ignored

# Write new inputs, the defaults in action.yml and docs/cli anew from the program, and the README's tables from action.yml.
readme:
    JETWAY_BLESS=1 cargo test --test cli every_option_has_its_input
    JETWAY_BLESS=1 cargo test --test cli the_defaults_in_the_action
    JETWAY_BLESS=1 cargo test --test parity the_tables_in_the_readme
    JETWAY_BLESS=1 cargo test --lib completions_and_the_manual_page

# The gates that need a tool of their own: licences, workflows, shell scripts.
gates:
    .github/scripts/gates.sh

# The dogfood workflow, the examples and the README's workflows, end to end with the program `act`, whose path is given.
act path="act":
    JETWAY_ACT={{path}} cargo test --locked --test action workflows -- --ignored

# How long preflight takes beside `unzip -t`, and how much memory, for 1 GiB with 200 MiB of code.
preflight-figures:
    cargo test --lib a_large_package_to_measure_with -- --ignored
    cargo build --release
    bash tests/bench/preflight.sh target/release/jetway target/figures/Large.ipa
