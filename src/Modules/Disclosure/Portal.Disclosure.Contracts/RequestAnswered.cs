using MediatR;

namespace Portal.Disclosure.Contracts;

/// <summary>A request for information 依申请公开 was answered. Says nothing of who asked.</summary>
public sealed record RequestAnswered : INotification
{
    /// <summary>Identity of the fact.</summary>
    public required Guid Id { get; init; }

    /// <summary>When (UTC).</summary>
    public required DateTimeOffset OccurredAt { get; init; }

    /// <summary>Who approved the answer.</summary>
    public Guid? ActorId { get; init; }

    /// <summary>The site of the organisation that was asked.</summary>
    public required Guid SiteId { get; init; }

    /// <summary>That organisation.</summary>
    public required Guid OrganisationId { get; init; }

    /// <summary>The request.</summary>
    public required Guid RequestId { get; init; }

    /// <summary>Its number.</summary>
    public required string Number { get; init; }

    /// <summary>The day it counts as received (Regulation 711 art. 31).</summary>
    public required DateOnly ReceivedOn { get; init; }

    /// <summary>The day of the answer.</summary>
    public required DateOnly AnsweredOn { get; init; }

    /// <summary>Row of Table 3 of the annual report.</summary>
    public required string Outcome { get; init; }

    /// <summary>Column of that table: NaturalPerson, Business, Research, Welfare, LegalService or Other.</summary>
    public required string ApplicantKind { get; init; }

    /// <summary>After the last day.</summary>
    public required bool Late { get; init; }
}
