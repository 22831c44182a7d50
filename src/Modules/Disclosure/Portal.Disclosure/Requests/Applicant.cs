using Portal.Shared.Submissions;

namespace Portal.Disclosure.Requests;

/// <summary>Who asks and how to reach them, and the description of what is asked: everything personal of a request.</summary>
public sealed record Applicant
{
    /// <summary>姓名 or 名称.</summary>
    public string Name { get; init; } = "";

    public IdentityDocument Document { get; init; }

    public string DocumentNumber { get; init; } = "";

    /// <summary>The person to speak to, for an organisation.</summary>
    public string Contact { get; init; } = "";

    public string Phone { get; init; } = "";

    public string Email { get; init; } = "";

    public string Address { get; init; } = "";

    public string PostCode { get; init; } = "";

    /// <summary>所需信息的名称 as it was written; empty in papers from before it was kept here.</summary>
    public string Title { get; init; } = "";

    /// <summary>特征性描述: free text, in which people tell of themselves.</summary>
    public string Description { get; init; } = "";

    /// <summary>Needs help in reading or hearing .</summary>
    public string Help { get; init; } = "";

    /// <summary>What was asked for, in the applicant's words where they are kept.</summary>
    internal string TitleOf(InformationRequest request) => Title.Length > 0 ? Title : request.Title;
}
