# The action's last step: removes what the first one made. Runs after failure and cancellation too.
set -eu

directory=${JETWAY_DIRECTORY:-}
case $directory in
  "${RUNNER_TEMP:-/nowhere}"/jetway.??????????) rm -rf -- "$directory" ;;
  '') ;;
  *) printf '%s\n' 'jetway: the directory to remove is none that was made here; it stays' ;;
esac
