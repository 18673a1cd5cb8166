# The action's last step: removes what the first one made. Runs after failure and cancellation too.
set -eu

program=${JETWAY_BIN:-}
directory=${JETWAY_DIRECTORY:-}
# What the job says in such variables is for none of our runs.
unset "${!JETWAY_@}"

# What a run that was killed left of keychains and profiles goes while its program is still here.
if [ -n "$program" ] && [ -x "$program" ]; then
  GITHUB_OUTPUT='' GITHUB_STEP_SUMMARY='' "$program" --quiet cleanup ||
    printf '%s\n' 'jetway: something of an earlier run stays; the next run goes on with it'
fi

[ -n "$directory" ] || exit 0
# The same place as in install.sh.
place=${RUNNER_TEMP:-${TMPDIR:-/tmp}}
while [ "${place%/}" != "$place" ]; do place=${place%/}; done
case ${directory##*/} in
  jetway.??????????)
    if [ -n "$place" ] && [ "${directory%/*}" = "$place" ]; then
      exec rm -rf -- "$directory"
    fi
    ;;
esac
printf '%s\n' 'jetway: the directory to remove is none that was made here; it stays'
