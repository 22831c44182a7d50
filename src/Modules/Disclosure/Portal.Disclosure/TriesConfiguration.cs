using Portal.Shared.Throttling;

namespace Portal.Disclosure;

internal sealed class TriesConfiguration() : TryWindowConfiguration("request_windows");
