using System.Text.RegularExpressions;
using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using Portal.Disclosure.Directory;
using Portal.Shared.Actors;
using Portal.Shared.Data;
using Portal.Shared.Outbound;
using Portal.Shared.Outcomes;
using Portal.Shared.Sites;

namespace Portal.Disclosure.Docking.RegisterSource;

/// <summary>Registers a docked unit. It begins in trial: nothing is imported before a person has seen a dry run.</summary>
public sealed record RegisterSource : IRequest<Outcome<Guid>>, IRequirePermission
{
    /// <inheritdoc />
    public static Permission Permission => Permission.ManageSites;

    /// <summary>Short key.</summary>
    public string? Key { get; init; }

    /// <summary>Full name of the unit or its system.</summary>
    public string? Name { get; init; }

    /// <summary>The site whose organisation discloses what it delivers.</summary>
    public Guid? SiteId { get; init; }

    /// <summary>How it exchanges.</summary>
    public SourceMode? Mode { get; init; }

    /// <summary>Pull: the address of its platform.</summary>
    public string? FeedAddress { get; init; }

    /// <summary>Pull: key of the directory there.</summary>
    public string? RemoteDirectory { get; init; }

    /// <summary>Pull: the key id that it has issued.</summary>
    public string? RemoteKeyId { get; init; }

    /// <summary>Pull: the private key that it has issued.</summary>
    public string? RemoteKey { get; init; }
}

internal sealed partial class RegisterSourceValidator : AbstractValidator<RegisterSource>
{
    public RegisterSourceValidator(IStringLocalizer<DockingText> text, OutboundHttp outbound)
    {
        RuleFor(form => form.Key).Must(key => key is not null && Key().IsMatch(key)).WithMessage(_ => text["Register.Key.Fault"]);
        RuleFor(form => form.Name).Must(name => name?.Trim() is { Length: > 0 and <= 100 }).WithMessage(_ => text["Register.Name.Fault"]);
        RuleFor(form => form.SiteId).NotNull().WithMessage(_ => text["Register.SiteId.Fault"]);
        RuleFor(form => form.Mode).NotNull().IsInEnum().WithMessage(_ => text["Register.Mode.Fault"]);
        When(form => form.Mode == SourceMode.Pull, () =>
        {
            RuleFor(form => form.FeedAddress)
                .Must(address => address is { Length: <= 300 } && Uri.TryCreate(address.Trim(), UriKind.Absolute, out var uri)
                    && uri is { Query: "", Fragment: "" } && outbound.MayAsk(uri))
                .WithMessage(_ => text["Register.FeedAddress.Fault"]);
            RuleFor(form => form.RemoteDirectory).Must(key => key is not null && Key().IsMatch(key))
                .WithMessage(_ => text["Register.RemoteDirectory.Fault"]);
            RuleFor(form => form.RemoteKeyId).Must(key => key?.Trim() is { Length: > 0 and <= 40 })
                .WithMessage(_ => text["Register.RemoteKeyId.Fault"]);
            RuleFor(form => form.RemoteKey).Must(IsKey).WithMessage(_ => text["Register.RemoteKey.Fault"]);
        });
    }

    private static bool IsKey(string? pem)
    {
        using var key = RemoteKeys.Read(pem);
        return key is not null;
    }

    [GeneratedRegex("^[a-z0-9][a-z0-9-]{1,39}$", RegexOptions.NonBacktracking)]
    private static partial Regex Key();
}

internal sealed class RegisterSourceHandler(
    DisclosureDbContext db, SourceScope scope, ISites sites, RemoteKeys keys, TimeProvider clock, IStringLocalizer<DockingText> text)
    : IRequestHandler<RegisterSource, Outcome<Guid>>
{
    public async Task<Outcome<Guid>> Handle(RegisterSource request, CancellationToken cancellationToken)
    {
        if (sites.ById(request.SiteId!.Value) is not { } site)
        {
            return Failure.NotFound;
        }

        if (!scope.Actor.Can(Permission.ManageSites, site))
        {
            return Failure.OutOfScope;
        }

        var now = clock.GetUtcNow();
        var pull = request.Mode == SourceMode.Pull;
        var source = new DockedSource
        {
            Id = Guid.CreateVersion7(now),
            Key = request.Key!,
            Name = request.Name!.Trim(),
            SiteId = site.Id,
            DirectoryId = sites.DirectoryOf(site),
            Mode = request.Mode!.Value,
            // Who only reads imports nothing.
            State = request.Mode == SourceMode.Reader ? SourceState.Active : SourceState.Trial,
            CreatedAt = now,
            FeedAddress = pull ? request.FeedAddress!.Trim() : null,
            RemoteDirectory = pull ? request.RemoteDirectory : null,
            RemoteKeyId = pull ? request.RemoteKeyId!.Trim() : null,
            RemoteKey = pull ? keys.Seal(request.RemoteKey!) : null,
        };
        db.DockedSources.Add(source);
        scope.Record("registered", source, null, ("key", source.Key), ("mode", source.Mode.ToString()), ("feed", source.FeedAddress ?? ""));
        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException exception) when (exception.Breaks(DockedSourceConfiguration.OneKey))
        {
            return Failure.Invalid(nameof(request.Key), text["Register.Key.Taken"]);
        }

        return source.Id;
    }
}
