document.body.append('XM');
