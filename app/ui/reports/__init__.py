"""The dossier of a class: its papers, the closing report and closing the class."""
