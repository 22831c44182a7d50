using Portal.Shared.Throttling;

namespace Portal.Interaction.Letters;

internal sealed class LetterTries() : TryWindowConfiguration("tries");
