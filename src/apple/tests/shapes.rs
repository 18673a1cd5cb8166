use crate::apple::tests::read;
#[test]
#[ignore = "for looking"]
fn look() {
    let text = std::fs::read_to_string("/tmp/look.txt").unwrap();
    let reading = read(&text);
    eprintln!("{reading:#?}");
}
