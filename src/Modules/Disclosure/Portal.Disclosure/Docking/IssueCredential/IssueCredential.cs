using System.Globalization;
using System.Security.Cryptography;
using FluentValidation;
using MediatR;
using Microsoft.Extensions.Localization;
using Portal.Shared.Actors;
using Portal.Shared.Outcomes;
using Portal.Shared.Sites;

namespace Portal.Disclosure.Docking.IssueCredential;

/// <summary>Issues a credential. Its private key is in the answer and nowhere else, ever.</summary>
public sealed record IssueCredential : IRequest<Outcome<IssuedCredential>>, IRequirePermission
{
    /// <inheritdoc />
    public static Permission Permission => Permission.ManageSites;

    /// <summary>For which unit.</summary>
    public Guid Id { get; init; }

    /// <summary>What for.</summary>
    public CredentialDirection? Direction { get; init; }

    /// <summary>Days until it expires.</summary>
    public int? Days { get; init; }
}

/// <summary>What is shown once.</summary>
public sealed record IssuedCredential(
    Guid SourceId, string SourceName, string KeyId, string PrivateKey, CredentialDirection Direction, string Directory,
    DateTimeOffset ExpiresAt);

internal sealed class IssueCredentialValidator : AbstractValidator<IssueCredential>
{
    private const int Longest = 730;

    public IssueCredentialValidator(IStringLocalizer<DockingText> text)
    {
        RuleFor(form => form.Direction).NotNull().IsInEnum().WithMessage(_ => text["Direction.Fault"]);
        RuleFor(form => form.Days).NotNull().InclusiveBetween(1, Longest).WithMessage(_ => text["Issue.Days.Fault", Longest]);
    }
}

internal sealed class IssueCredentialHandler(
    DisclosureDbContext db, SourceScope scope, ISites sites, TimeProvider clock, IStringLocalizer<DockingText> text)
    : IRequestHandler<IssueCredential, Outcome<IssuedCredential>>
{
    public async Task<Outcome<IssuedCredential>> Handle(IssueCredential request, CancellationToken cancellationToken)
    {
        var found = await scope.FindAsync(request.Id, cancellationToken);
        if (!found.Succeeded)
        {
            return found.Failure;
        }

        var (source, now) = (found.Value, clock.GetUtcNow());
        if (request.Direction == CredentialDirection.Write && source.Mode != SourceMode.Push)
        {
            return Failure.Invalid(nameof(request.Direction), text["Direction.Push"]);
        }

        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var credential = new DockingCredential
        {
            Id = Guid.CreateVersion7(now),
            SourceId = source.Id,
            KeyId = "dk-" + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8)),
            Direction = request.Direction!.Value,
            DirectoryId = source.DirectoryId,
            PublicKey = key.ExportSubjectPublicKeyInfo(),
            IssuedAt = now,
            IssuedBy = scope.Actor.Name,
            ExpiresAt = now.AddDays(request.Days!.Value),
        };
        db.DockingCredentials.Add(credential);
        scope.Record(
            "credential-issued", source, null, ("keyId", credential.KeyId), ("direction", credential.Direction.ToString()),
            ("expires", credential.ExpiresAt.ToString("O", CultureInfo.InvariantCulture)));
        await db.SaveChangesAsync(cancellationToken);
        return new IssuedCredential(
            source.Id, source.Name, credential.KeyId, key.ExportPkcs8PrivateKeyPem(), credential.Direction,
            sites.ById(credential.DirectoryId)?.Key ?? "", credential.ExpiresAt);
    }
}
