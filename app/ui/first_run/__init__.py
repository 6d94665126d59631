"""From the first start to a file with what papers print: six steps, each may wait."""
