using FluentValidation;
using MediatR;
using Portal.Shared.Actors;
using Portal.Shared.Outcomes;

namespace Portal.ModuleName.AreaName.SliceName;

public sealed record SliceName : IRequest<Outcome<Done>>, IRequirePermission
{
    // Choose who may do this (Permission): until then only those who look after all sites may.
    public static Permission Permission => Permission.ManageSites;

    public Guid Id { get; init; }
}

internal sealed class SliceNameValidator : AbstractValidator<SliceName>
{
    public SliceNameValidator() => RuleFor(command => command.Id).NotEmpty();
}

internal sealed class SliceNameHandler(ModuleNameDbContext db) : IRequestHandler<SliceName, Outcome<Done>>
{
    public async Task<Outcome<Done>> Handle(SliceName request, CancellationToken cancellationToken)
    {
        await db.SaveChangesAsync(cancellationToken);
        return Done.Value;
    }
}
