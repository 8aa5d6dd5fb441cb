"""The faces: the command line and the Streamlit pages."""
