//! What is known of each code that Apple or its tools print, and the matcher that finds it in a text. Pure.
