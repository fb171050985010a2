document.title = "XM";
