using Portal.Host.Commands;

// No command serves; `portal --help` lists the others.
return await PortalCommandLine.RunAsync(args);
