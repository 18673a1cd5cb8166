# Upload speed, CPU and memory against curl and md5sum, for http, https and slow answers.
bench *args:
    tests/bench/upload.sh {{args}}
