//! How names are ordered, the same on both databases: as in a Swedish list, å ä ö after z, upper and lower case alike.

/// What a name is ordered by. Compared byte by byte, it sorts as a Swedish list does.
pub(crate) fn order_name(name: &str) -> String {
    name.chars()
        .flat_map(char::to_lowercase)
        .map(|letter| match letter {
            // The three characters that follow `z` in ASCII.
            'å' => '{',
            'ä' | 'æ' => '|',
            'ö' | 'ø' => '}',
            'é' | 'è' | 'ê' | 'ë' => 'e',
            'á' | 'à' | 'â' => 'a',
            'ü' => 'y',
            other => other,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_sort_as_in_a_swedish_list() {
        let mut names = [
            "Örjan", "Zara", "Äpple", "Åsa", "anna", "Anna B", "Édith", "Erik",
        ];
        names.sort_by_key(|name| order_name(name));
        assert_eq!(
            names,
            [
                "anna", "Anna B", "Édith", "Erik", "Zara", "Åsa", "Äpple", "Örjan"
            ]
        );
    }
}
