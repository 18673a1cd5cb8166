_jetway() {
    local i cur prev opts cmd
    COMPREPLY=()
    if [[ "${BASH_VERSINFO[0]}" -ge 4 ]]; then
        cur="$2"
    else
        cur="${COMP_WORDS[COMP_CWORD]}"
    fi
    prev="$3"
    cmd=""
    opts=""

    for i in "${COMP_WORDS[@]:0:COMP_CWORD}"
    do
        case "${cmd},${i}" in
            ",$1")
                cmd="jetway"
                ;;
            jetway,annotate)
                cmd="jetway__subcmd__annotate"
                ;;
            jetway,cancel)
                cmd="jetway__subcmd__cancel"
                ;;
            jetway,cleanup)
                cmd="jetway__subcmd__cleanup"
                ;;
            jetway,completions)
                cmd="jetway__subcmd__completions"
                ;;
            jetway,distribute)
                cmd="jetway__subcmd__distribute"
                ;;
            jetway,doctor)
                cmd="jetway__subcmd__doctor"
                ;;
            jetway,explain)
                cmd="jetway__subcmd__explain"
                ;;
            jetway,export)
                cmd="jetway__subcmd__export"
                ;;
            jetway,finish)
                cmd="jetway__subcmd__finish"
                ;;
            jetway,help)
                cmd="jetway__subcmd__help"
                ;;
            jetway,next-build-number)
                cmd="jetway__subcmd__next__subcmd__build__subcmd__number"
                ;;
            jetway,preflight)
                cmd="jetway__subcmd__preflight"
                ;;
            jetway,release)
                cmd="jetway__subcmd__release"
                ;;
            jetway,sandbox)
                cmd="jetway__subcmd__sandbox"
                ;;
            jetway,setup)
                cmd="jetway__subcmd__setup"
                ;;
            jetway,ship)
                cmd="jetway__subcmd__ship"
                ;;
            jetway,status)
                cmd="jetway__subcmd__status"
                ;;
            jetway,submit)
                cmd="jetway__subcmd__submit"
                ;;
            jetway,upload)
                cmd="jetway__subcmd__upload"
                ;;
            jetway,verify)
                cmd="jetway__subcmd__verify"
                ;;
            jetway,wait)
                cmd="jetway__subcmd__wait"
                ;;
            jetway,webhook)
                cmd="jetway__subcmd__webhook"
                ;;
            jetway__subcmd__help,annotate)
                cmd="jetway__subcmd__help__subcmd__annotate"
                ;;
            jetway__subcmd__help,cancel)
                cmd="jetway__subcmd__help__subcmd__cancel"
                ;;
            jetway__subcmd__help,cleanup)
                cmd="jetway__subcmd__help__subcmd__cleanup"
                ;;
            jetway__subcmd__help,completions)
                cmd="jetway__subcmd__help__subcmd__completions"
                ;;
            jetway__subcmd__help,distribute)
                cmd="jetway__subcmd__help__subcmd__distribute"
                ;;
            jetway__subcmd__help,doctor)
                cmd="jetway__subcmd__help__subcmd__doctor"
                ;;
            jetway__subcmd__help,explain)
                cmd="jetway__subcmd__help__subcmd__explain"
                ;;
            jetway__subcmd__help,export)
                cmd="jetway__subcmd__help__subcmd__export"
                ;;
            jetway__subcmd__help,finish)
                cmd="jetway__subcmd__help__subcmd__finish"
                ;;
            jetway__subcmd__help,help)
                cmd="jetway__subcmd__help__subcmd__help"
                ;;
            jetway__subcmd__help,next-build-number)
                cmd="jetway__subcmd__help__subcmd__next__subcmd__build__subcmd__number"
                ;;
            jetway__subcmd__help,preflight)
                cmd="jetway__subcmd__help__subcmd__preflight"
                ;;
            jetway__subcmd__help,release)
                cmd="jetway__subcmd__help__subcmd__release"
                ;;
            jetway__subcmd__help,sandbox)
                cmd="jetway__subcmd__help__subcmd__sandbox"
                ;;
            jetway__subcmd__help,setup)
                cmd="jetway__subcmd__help__subcmd__setup"
                ;;
            jetway__subcmd__help,ship)
                cmd="jetway__subcmd__help__subcmd__ship"
                ;;
            jetway__subcmd__help,status)
                cmd="jetway__subcmd__help__subcmd__status"
                ;;
            jetway__subcmd__help,submit)
                cmd="jetway__subcmd__help__subcmd__submit"
                ;;
            jetway__subcmd__help,upload)
                cmd="jetway__subcmd__help__subcmd__upload"
                ;;
            jetway__subcmd__help,verify)
                cmd="jetway__subcmd__help__subcmd__verify"
                ;;
            jetway__subcmd__help,wait)
                cmd="jetway__subcmd__help__subcmd__wait"
                ;;
            jetway__subcmd__help,webhook)
                cmd="jetway__subcmd__help__subcmd__webhook"
                ;;
            *)
                ;;
        esac
    done

    case "${cmd}" in
        jetway)
            opts="-v -q -h -V --verbose --quiet --help --version ship preflight upload finish distribute submit wait status release cancel next-build-number cleanup export doctor verify webhook explain annotate sandbox setup completions help"
            if [[ ${cur} == -* || ${COMP_CWORD} -eq 1 ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
            return 0
            ;;
        jetway__subcmd__annotate)
            opts="-v -q -h --format --timeout --report --pr-comment --pr-suggestions --commit-status --check-run --verbose --quiet --help"
            if [[ ${cur} == -* || ${COMP_CWORD} -eq 2 ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                --format)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --timeout)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --report)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --pr-comment)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --pr-suggestions)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --commit-status)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --check-run)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
            return 0
            ;;
        jetway__subcmd__cancel)
            opts="-v -q -h --bundle-id --marketing-version --build-number --platform --api-key-id --api-issuer-id --api-key-path --asc-url --idle-timeout --timeout --report --sandbox --scenario --wait --appear-timeout --processing-timeout --poll-interval --pr-comment --pr-suggestions --commit-status --check-run --verbose --quiet --help"
            if [[ ${cur} == -* || ${COMP_CWORD} -eq 2 ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                --bundle-id)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --marketing-version)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --build-number)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --platform)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --api-key-id)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --api-issuer-id)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --api-key-path)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --asc-url)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --idle-timeout)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --timeout)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --report)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --sandbox)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --scenario)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --wait)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --appear-timeout)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --processing-timeout)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --poll-interval)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --pr-comment)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --pr-suggestions)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --commit-status)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --check-run)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
            return 0
            ;;
        jetway__subcmd__cleanup)
            opts="-v -q -h --api-key-id --api-issuer-id --api-key-path --asc-url --idle-timeout --timeout --report --verbose --quiet --help"
            if [[ ${cur} == -* || ${COMP_CWORD} -eq 2 ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                --api-key-id)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --api-issuer-id)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --api-key-path)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --asc-url)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --idle-timeout)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --timeout)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --report)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
            return 0
            ;;
        jetway__subcmd__completions)
            opts="-v -q -h --verbose --quiet --help"
            if [[ ${cur} == -* || ${COMP_CWORD} -eq 2 ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
            return 0
            ;;
        jetway__subcmd__distribute)
            opts="-v -q -h --build-id --build-upload-id --bundle-id --marketing-version --build-number --platform --api-key-id --api-issuer-id --api-key-path --asc-url --idle-timeout --wait --appear-timeout --processing-timeout --poll-interval --groups --whats-new --whats-new-from-git --trim-whats-new --uses-non-exempt-encryption --notify-testers --submit-beta-review --replace-build-in-review --expire-previous --submit-to-app-store --release-type --earliest-release-date --phased-release --copyright --app-store-whats-new --cancel-previous-submission --timeout --report --pr-comment --pr-suggestions --commit-status --check-run --verbose --quiet --help"
            if [[ ${cur} == -* || ${COMP_CWORD} -eq 2 ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                --build-id)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --build-upload-id)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --bundle-id)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --marketing-version)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --build-number)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --platform)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --api-key-id)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --api-issuer-id)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --api-key-path)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --asc-url)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --idle-timeout)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --wait)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --appear-timeout)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --processing-timeout)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --poll-interval)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --groups)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --whats-new)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --whats-new-from-git)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --trim-whats-new)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --uses-non-exempt-encryption)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --notify-testers)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --submit-beta-review)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --replace-build-in-review)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --expire-previous)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --submit-to-app-store)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --release-type)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --earliest-release-date)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --phased-release)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --copyright)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --app-store-whats-new)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --cancel-previous-submission)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --timeout)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --report)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --pr-comment)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --pr-suggestions)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --commit-status)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --check-run)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
            return 0
            ;;
        jetway__subcmd__doctor)
            opts="-v -q -h --offline --format --certificate --provisioning-profile --signing --export-method --export-options --output --developer-dir --tool-timeout --tools-dir --api-key-id --api-issuer-id --api-key-path --asc-url --idle-timeout --timeout --report --verbose --quiet --help"
            if [[ ${cur} == -* || ${COMP_CWORD} -eq 2 ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                --offline)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --format)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --certificate)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --provisioning-profile)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --signing)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --export-method)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --export-options)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --output)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --developer-dir)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --tool-timeout)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --tools-dir)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --api-key-id)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --api-issuer-id)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --api-key-path)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --asc-url)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --idle-timeout)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --timeout)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --report)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
            return 0
            ;;
        jetway__subcmd__explain)
            opts="-v -q -h --list --format --verbose --quiet --help"
            if [[ ${cur} == -* || ${COMP_CWORD} -eq 2 ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                --format)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
            return 0
            ;;
        jetway__subcmd__export)
            opts="-v -q -h --certificate --provisioning-profile --signing --export-method --export-options --output --developer-dir --tool-timeout --tools-dir --api-key-id --api-issuer-id --api-key-path --asc-url --idle-timeout --timeout --report --verbose --quiet --help"
            if [[ ${cur} == -* || ${COMP_CWORD} -eq 2 ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                --certificate)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --provisioning-profile)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --signing)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --export-method)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --export-options)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --output)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --developer-dir)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --tool-timeout)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --tools-dir)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --api-key-id)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --api-issuer-id)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --api-key-path)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --asc-url)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --idle-timeout)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --timeout)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --report)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
            return 0
            ;;
        jetway__subcmd__finish)
            opts="-v -q -h --build-id --build-upload-id --bundle-id --marketing-version --build-number --platform --api-key-id --api-issuer-id --api-key-path --asc-url --idle-timeout --wait --appear-timeout --processing-timeout --poll-interval --groups --whats-new --whats-new-from-git --trim-whats-new --uses-non-exempt-encryption --notify-testers --submit-beta-review --replace-build-in-review --expire-previous --submit-to-app-store --release-type --earliest-release-date --phased-release --copyright --app-store-whats-new --cancel-previous-submission --timeout --report --pr-comment --pr-suggestions --commit-status --check-run --verbose --quiet --help"
            if [[ ${cur} == -* || ${COMP_CWORD} -eq 2 ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                --build-id)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --build-upload-id)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --bundle-id)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --marketing-version)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --build-number)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --platform)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --api-key-id)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --api-issuer-id)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --api-key-path)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --asc-url)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --idle-timeout)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --wait)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --appear-timeout)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --processing-timeout)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --poll-interval)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --groups)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --whats-new)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --whats-new-from-git)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --trim-whats-new)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --uses-non-exempt-encryption)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --notify-testers)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --submit-beta-review)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --replace-build-in-review)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --expire-previous)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --submit-to-app-store)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --release-type)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --earliest-release-date)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --phased-release)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --copyright)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --app-store-whats-new)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --cancel-previous-submission)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --timeout)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --report)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --pr-comment)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --pr-suggestions)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --commit-status)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --check-run)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
            return 0
            ;;
        jetway__subcmd__help)
            opts="ship preflight upload finish distribute submit wait status release cancel next-build-number cleanup export doctor verify webhook explain annotate sandbox setup completions help"
            if [[ ${cur} == -* || ${COMP_CWORD} -eq 2 ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
            return 0
            ;;
        jetway__subcmd__help__subcmd__annotate)
            opts=""
            if [[ ${cur} == -* || ${COMP_CWORD} -eq 3 ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
            return 0
            ;;
        jetway__subcmd__help__subcmd__cancel)
            opts=""
            if [[ ${cur} == -* || ${COMP_CWORD} -eq 3 ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
            return 0
            ;;
        jetway__subcmd__help__subcmd__cleanup)
            opts=""
            if [[ ${cur} == -* || ${COMP_CWORD} -eq 3 ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
            return 0
            ;;
        jetway__subcmd__help__subcmd__completions)
            opts=""
            if [[ ${cur} == -* || ${COMP_CWORD} -eq 3 ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
            return 0
            ;;
        jetway__subcmd__help__subcmd__distribute)
            opts=""
            if [[ ${cur} == -* || ${COMP_CWORD} -eq 3 ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
            return 0
            ;;
        jetway__subcmd__help__subcmd__doctor)
            opts=""
            if [[ ${cur} == -* || ${COMP_CWORD} -eq 3 ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
            return 0
            ;;
        jetway__subcmd__help__subcmd__explain)
            opts=""
            if [[ ${cur} == -* || ${COMP_CWORD} -eq 3 ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
            return 0
            ;;
        jetway__subcmd__help__subcmd__export)
            opts=""
            if [[ ${cur} == -* || ${COMP_CWORD} -eq 3 ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
            return 0
            ;;
        jetway__subcmd__help__subcmd__finish)
            opts=""
            if [[ ${cur} == -* || ${COMP_CWORD} -eq 3 ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
            return 0
            ;;
        jetway__subcmd__help__subcmd__help)
            opts=""
            if [[ ${cur} == -* || ${COMP_CWORD} -eq 3 ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
            return 0
            ;;
        jetway__subcmd__help__subcmd__next__subcmd__build__subcmd__number)
            opts=""
            if [[ ${cur} == -* || ${COMP_CWORD} -eq 3 ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
            return 0
            ;;
        jetway__subcmd__help__subcmd__preflight)
            opts=""
            if [[ ${cur} == -* || ${COMP_CWORD} -eq 3 ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
            return 0
            ;;
        jetway__subcmd__help__subcmd__release)
            opts=""
            if [[ ${cur} == -* || ${COMP_CWORD} -eq 3 ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
            return 0
            ;;
        jetway__subcmd__help__subcmd__sandbox)
            opts=""
            if [[ ${cur} == -* || ${COMP_CWORD} -eq 3 ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
            return 0
            ;;
        jetway__subcmd__help__subcmd__setup)
            opts=""
            if [[ ${cur} == -* || ${COMP_CWORD} -eq 3 ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
            return 0
            ;;
        jetway__subcmd__help__subcmd__ship)
            opts=""
            if [[ ${cur} == -* || ${COMP_CWORD} -eq 3 ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
            return 0
            ;;
        jetway__subcmd__help__subcmd__status)
            opts=""
            if [[ ${cur} == -* || ${COMP_CWORD} -eq 3 ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
            return 0
            ;;
        jetway__subcmd__help__subcmd__submit)
            opts=""
            if [[ ${cur} == -* || ${COMP_CWORD} -eq 3 ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
            return 0
            ;;
        jetway__subcmd__help__subcmd__upload)
            opts=""
            if [[ ${cur} == -* || ${COMP_CWORD} -eq 3 ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
            return 0
            ;;
        jetway__subcmd__help__subcmd__verify)
            opts=""
            if [[ ${cur} == -* || ${COMP_CWORD} -eq 3 ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
            return 0
            ;;
        jetway__subcmd__help__subcmd__wait)
            opts=""
            if [[ ${cur} == -* || ${COMP_CWORD} -eq 3 ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
            return 0
            ;;
        jetway__subcmd__help__subcmd__webhook)
            opts=""
            if [[ ${cur} == -* || ${COMP_CWORD} -eq 3 ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
            return 0
            ;;
        jetway__subcmd__next__subcmd__build__subcmd__number)
            opts="-v -q -h --bundle-id --marketing-version --build-number --platform --api-key-id --api-issuer-id --api-key-path --asc-url --idle-timeout --timeout --report --sandbox --scenario --wait --appear-timeout --processing-timeout --poll-interval --pr-comment --pr-suggestions --commit-status --check-run --verbose --quiet --help"
            if [[ ${cur} == -* || ${COMP_CWORD} -eq 2 ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                --bundle-id)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --marketing-version)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --build-number)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --platform)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --api-key-id)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --api-issuer-id)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --api-key-path)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --asc-url)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --idle-timeout)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --timeout)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --report)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --sandbox)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --scenario)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --wait)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --appear-timeout)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --processing-timeout)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --poll-interval)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --pr-comment)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --pr-suggestions)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --commit-status)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --check-run)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
            return 0
            ;;
        jetway__subcmd__preflight)
            opts="-v -q -h --channel --ignore --strict --expected-sha256 --format --api-key-id --api-issuer-id --api-key-path --asc-url --idle-timeout --timeout --report --sandbox --scenario --verbose --quiet --help"
            if [[ ${cur} == -* || ${COMP_CWORD} -eq 2 ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                --channel)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --ignore)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --strict)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --expected-sha256)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --format)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --api-key-id)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --api-issuer-id)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --api-key-path)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --asc-url)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --idle-timeout)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --timeout)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --report)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --sandbox)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --scenario)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
            return 0
            ;;
        jetway__subcmd__release)
            opts="-v -q -h --phased --bundle-id --marketing-version --build-number --platform --api-key-id --api-issuer-id --api-key-path --asc-url --idle-timeout --timeout --report --sandbox --scenario --wait --appear-timeout --processing-timeout --poll-interval --pr-comment --pr-suggestions --commit-status --check-run --verbose --quiet --help"
            if [[ ${cur} == -* || ${COMP_CWORD} -eq 2 ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                --phased)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --bundle-id)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --marketing-version)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --build-number)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --platform)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --api-key-id)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --api-issuer-id)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --api-key-path)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --asc-url)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --idle-timeout)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --timeout)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --report)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --sandbox)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --scenario)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --wait)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --appear-timeout)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --processing-timeout)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --poll-interval)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --pr-comment)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --pr-suggestions)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --commit-status)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --check-run)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
            return 0
            ;;
        jetway__subcmd__sandbox)
            opts="-v -q -h --listen --scenario --verbose --quiet --help"
            if [[ ${cur} == -* || ${COMP_CWORD} -eq 2 ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                --listen)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --scenario)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
            return 0
            ;;
        jetway__subcmd__setup)
            opts="-v -q -h --verbose --quiet --help"
            if [[ ${cur} == -* || ${COMP_CWORD} -eq 2 ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
            return 0
            ;;
        jetway__subcmd__ship)
            opts="-v -q -h --dry-run --api-key-id --api-issuer-id --api-key-path --asc-url --idle-timeout --preflight --expected-sha256 --wait --appear-timeout --processing-timeout --poll-interval --concurrency --receipt --certificate --provisioning-profile --signing --export-method --export-options --output --developer-dir --tool-timeout --tools-dir --upload-engine --apple-id --app-id --provider-public-id --groups --whats-new --whats-new-from-git --trim-whats-new --uses-non-exempt-encryption --notify-testers --submit-beta-review --replace-build-in-review --expire-previous --submit-to-app-store --release-type --earliest-release-date --phased-release --copyright --app-store-whats-new --cancel-previous-submission --timeout --report --pr-comment --pr-suggestions --commit-status --check-run --on-missing-secrets --rehearse --sandbox --scenario --verbose --quiet --help"
            if [[ ${cur} == -* || ${COMP_CWORD} -eq 2 ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                --dry-run)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --api-key-id)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --api-issuer-id)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --api-key-path)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --asc-url)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --idle-timeout)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --preflight)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --expected-sha256)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --wait)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --appear-timeout)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --processing-timeout)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --poll-interval)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --concurrency)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --receipt)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --certificate)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --provisioning-profile)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --signing)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --export-method)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --export-options)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --output)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --developer-dir)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --tool-timeout)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --tools-dir)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --upload-engine)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --apple-id)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --app-id)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --provider-public-id)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --groups)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --whats-new)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --whats-new-from-git)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --trim-whats-new)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --uses-non-exempt-encryption)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --notify-testers)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --submit-beta-review)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --replace-build-in-review)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --expire-previous)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --submit-to-app-store)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --release-type)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --earliest-release-date)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --phased-release)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --copyright)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --app-store-whats-new)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --cancel-previous-submission)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --timeout)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --report)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --pr-comment)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --pr-suggestions)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --commit-status)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --check-run)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --on-missing-secrets)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --rehearse)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --sandbox)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --scenario)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
            return 0
            ;;
        jetway__subcmd__status)
            opts="-v -q -h --bundle-id --marketing-version --build-number --platform --api-key-id --api-issuer-id --api-key-path --asc-url --idle-timeout --timeout --report --sandbox --scenario --wait --appear-timeout --processing-timeout --poll-interval --pr-comment --pr-suggestions --commit-status --check-run --verbose --quiet --help"
            if [[ ${cur} == -* || ${COMP_CWORD} -eq 2 ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                --bundle-id)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --marketing-version)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --build-number)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --platform)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --api-key-id)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --api-issuer-id)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --api-key-path)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --asc-url)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --idle-timeout)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --timeout)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --report)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --sandbox)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --scenario)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --wait)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --appear-timeout)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --processing-timeout)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --poll-interval)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --pr-comment)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --pr-suggestions)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --commit-status)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --check-run)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
            return 0
            ;;
        jetway__subcmd__submit)
            opts="-v -q -h --build-id --build-upload-id --bundle-id --marketing-version --build-number --platform --api-key-id --api-issuer-id --api-key-path --asc-url --idle-timeout --wait --appear-timeout --processing-timeout --poll-interval --groups --whats-new --whats-new-from-git --trim-whats-new --uses-non-exempt-encryption --notify-testers --submit-beta-review --replace-build-in-review --expire-previous --submit-to-app-store --release-type --earliest-release-date --phased-release --copyright --app-store-whats-new --cancel-previous-submission --timeout --report --pr-comment --pr-suggestions --commit-status --check-run --verbose --quiet --help"
            if [[ ${cur} == -* || ${COMP_CWORD} -eq 2 ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                --build-id)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --build-upload-id)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --bundle-id)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --marketing-version)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --build-number)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --platform)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --api-key-id)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --api-issuer-id)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --api-key-path)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --asc-url)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --idle-timeout)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --wait)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --appear-timeout)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --processing-timeout)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --poll-interval)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --groups)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --whats-new)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --whats-new-from-git)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --trim-whats-new)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --uses-non-exempt-encryption)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --notify-testers)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --submit-beta-review)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --replace-build-in-review)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --expire-previous)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --submit-to-app-store)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --release-type)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --earliest-release-date)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --phased-release)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --copyright)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --app-store-whats-new)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --cancel-previous-submission)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --timeout)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --report)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --pr-comment)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --pr-suggestions)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --commit-status)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --check-run)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
            return 0
            ;;
        jetway__subcmd__upload)
            opts="-v -q -h --dry-run --api-key-id --api-issuer-id --api-key-path --asc-url --idle-timeout --preflight --expected-sha256 --wait --appear-timeout --processing-timeout --poll-interval --concurrency --receipt --certificate --provisioning-profile --signing --export-method --export-options --output --developer-dir --tool-timeout --tools-dir --upload-engine --apple-id --app-id --provider-public-id --groups --whats-new --whats-new-from-git --trim-whats-new --uses-non-exempt-encryption --notify-testers --submit-beta-review --replace-build-in-review --expire-previous --submit-to-app-store --release-type --earliest-release-date --phased-release --copyright --app-store-whats-new --cancel-previous-submission --timeout --report --pr-comment --pr-suggestions --commit-status --check-run --on-missing-secrets --rehearse --sandbox --scenario --verbose --quiet --help"
            if [[ ${cur} == -* || ${COMP_CWORD} -eq 2 ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                --dry-run)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --api-key-id)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --api-issuer-id)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --api-key-path)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --asc-url)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --idle-timeout)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --preflight)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --expected-sha256)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --wait)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --appear-timeout)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --processing-timeout)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --poll-interval)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --concurrency)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --receipt)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --certificate)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --provisioning-profile)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --signing)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --export-method)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --export-options)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --output)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --developer-dir)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --tool-timeout)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --tools-dir)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --upload-engine)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --apple-id)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --app-id)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --provider-public-id)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --groups)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --whats-new)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --whats-new-from-git)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --trim-whats-new)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --uses-non-exempt-encryption)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --notify-testers)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --submit-beta-review)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --replace-build-in-review)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --expire-previous)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --submit-to-app-store)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --release-type)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --earliest-release-date)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --phased-release)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --copyright)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --app-store-whats-new)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --cancel-previous-submission)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --timeout)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --report)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --pr-comment)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --pr-suggestions)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --commit-status)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --check-run)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --on-missing-secrets)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --rehearse)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --sandbox)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --scenario)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
            return 0
            ;;
        jetway__subcmd__verify)
            opts="-v -q -h --for --expiring --format --api-key-id --api-issuer-id --api-key-path --asc-url --idle-timeout --timeout --report --sandbox --scenario --verbose --quiet --help"
            if [[ ${cur} == -* || ${COMP_CWORD} -eq 2 ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                --for)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --expiring)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --format)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --api-key-id)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --api-issuer-id)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --api-key-path)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --asc-url)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --idle-timeout)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --timeout)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --report)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --sandbox)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --scenario)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
            return 0
            ;;
        jetway__subcmd__wait)
            opts="-v -q -h --until --bundle-id --marketing-version --build-number --platform --api-key-id --api-issuer-id --api-key-path --asc-url --idle-timeout --timeout --report --sandbox --scenario --wait --appear-timeout --processing-timeout --poll-interval --pr-comment --pr-suggestions --commit-status --check-run --verbose --quiet --help"
            if [[ ${cur} == -* || ${COMP_CWORD} -eq 2 ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                --until)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --bundle-id)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --marketing-version)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --build-number)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --platform)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --api-key-id)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --api-issuer-id)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --api-key-path)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --asc-url)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --idle-timeout)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --timeout)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --report)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --sandbox)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --scenario)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --wait)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --appear-timeout)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --processing-timeout)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --poll-interval)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --pr-comment)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --pr-suggestions)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --commit-status)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --check-run)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
            return 0
            ;;
        jetway__subcmd__webhook)
            opts="-v -q -h --bundle-id --url --name --events --webhook-id --signature --api-key-id --api-issuer-id --api-key-path --asc-url --idle-timeout --timeout --report --sandbox --scenario --verbose --quiet --help"
            if [[ ${cur} == -* || ${COMP_CWORD} -eq 2 ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                --bundle-id)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --url)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --name)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --events)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --webhook-id)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --signature)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --api-key-id)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --api-issuer-id)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --api-key-path)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --asc-url)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --idle-timeout)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --timeout)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --report)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --sandbox)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --scenario)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
            return 0
            ;;
    esac
}

if [[ "${BASH_VERSINFO[0]}" -eq 4 && "${BASH_VERSINFO[1]}" -ge 4 || "${BASH_VERSINFO[0]}" -gt 4 ]]; then
    complete -F _jetway -o nosort -o bashdefault -o default jetway
else
    complete -F _jetway -o bashdefault -o default jetway
fi
