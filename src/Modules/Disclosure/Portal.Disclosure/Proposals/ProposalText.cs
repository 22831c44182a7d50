namespace Portal.Disclosure.Proposals;

/// <summary>Names the texts of the reviews of entered information; they are beside it.</summary>
public sealed class ProposalText;
