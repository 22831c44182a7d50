using Carter;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Localization;
using Portal.Publishing.Media.UploadMedia;
using Portal.Publishing.Reviews.SubmitEdition;
using Portal.Publishing.Writing;
using Portal.Shared.Outcomes;
using Portal.Shared.Web;

namespace Portal.Publishing.Documents.EditEdition;

/// <summary>The editing page: read, save, autosave, submit, look up policies, add files with the form.</summary>
internal sealed class EditEditionEndpoint : ICarterModule
{
    // A tree of a megabyte is refused with its text kept; what is far beyond is not read at all.
    private const int LargestText = 8 * 1024 * 1024;
    private const long LargestForm = 220L * 1024 * 1024;

    public void AddRoutes(IEndpointRouteBuilder app)
    {
        app.MapConsolePage("/console/editions/{id:guid}", ShowAsync);
        app.MapConsoleForm("/console/editions/{id:guid}", SaveAsync)
            .WithFormOptions(valueLengthLimit: LargestText, multipartBodyLengthLimit: LargestForm)
            .WithMetadata(new RequestSizeLimitAttribute(LargestForm));
        app.MapConsoleForm("/console/editions/{id:guid}/draft", AutosaveAsync)
            .WithFormOptions(valueLengthLimit: LargestText);
    }

    private static async Task<IResult> ShowAsync(
        Guid id, string? done, ISender sender, CancellationToken cancellationToken)
    {
        var read = await sender.Send(new ReadEdition.ReadEdition(id), cancellationToken);
        return read.Succeeded
            ? EditEditionPage.Of(read.Value, read.Value.Kept, done: done)
            : read.Failure.Page();
    }

    private static async Task<IResult> SaveAsync(
        Guid id, IFormCollection form, ISender sender, IStringLocalizer<DocumentText> text, CancellationToken cancellationToken)
    {
        var command = EditEdition.Read(id, form);
        var (withFiles, errors) = await TakeFilesAsync(command, form, sender, cancellationToken);
        if (form.Text("act") == "find")
        {
            return await FindAsync(withFiles, form.Text("PolicyText"), sender, cancellationToken);
        }

        var saved = await sender.Send(withFiles, cancellationToken);
        if (errors.Count > 0 && (saved.Succeeded || saved.Failure.Kind == FailureKind.Invalid))
        {
            // A file that was refused is said; what was written is kept all the same.
            var kept = saved.Succeeded ? withFiles with { Version = saved.Value.Version } : withFiles;
            return await AgainAsync(kept, [.. errors, .. saved.Failure?.Errors ?? []], [], sender, 422, cancellationToken);
        }

        if (!saved.Succeeded)
        {
            return saved.Failure.Kind switch
            {
                FailureKind.Invalid => await AgainAsync(withFiles, saved.Failure.Errors, [], sender, 422, cancellationToken),
                FailureKind.Conflict => await ConflictAsync(withFiles, saved.Failure.Errors, sender, cancellationToken),
                _ => saved.Failure.Page(),
            };
        }

        if (form.Text("act") == "submit")
        {
            var submitted = await sender.Send(new SubmitEdition(id, saved.Value.Version), cancellationToken);
            return submitted.Succeeded
                ? Results.LocalRedirect($"/console/editions/{id}?done=submitted")
                : submitted.Failure.Kind switch
                {
                    FailureKind.Invalid => await AgainAsync(
                        withFiles with { Version = saved.Value.Version }, submitted.Failure.Errors, saved.Value.Notices,
                        sender, 422, cancellationToken),
                    FailureKind.Conflict => await ConflictAsync(withFiles, submitted.Failure.Errors, sender, cancellationToken),
                    _ => submitted.Failure.Page(),
                };
        }

        return saved.Value.Notices.Count == 0
            ? Results.LocalRedirect($"/console/editions/{id}?done=saved")
            : await AgainAsync(null, [], saved.Value.Notices, sender, 200, cancellationToken, id);
    }

    private static async Task<IResult> AutosaveAsync(
        Guid id, IFormCollection form, ISender sender, IStringLocalizer<DocumentText> text, CancellationToken cancellationToken)
    {
        var saved = await sender.Send(EditEdition.Read(id, form), cancellationToken);
        if (saved.Succeeded)
        {
            var read = await sender.Send(new ReadEdition.ReadEdition(id), cancellationToken);
            return Results.Json(new
            {
                version = saved.Value.Version,
                savedAt = saved.Value.SavedAt,
                notices = saved.Value.Notices,
                checks = read.Succeeded ? read.Value.Checklist : null,
            });
        }

        return saved.Failure.Kind == FailureKind.Conflict
            ? Results.Json(new { compare = $"/console/editions/{id}" }, statusCode: StatusCodes.Status409Conflict)
            : saved.Failure.Problem(text["Save.Refused"]);
    }

    /// <summary>Files chosen in the form itself, for people without JavaScript.</summary>
    private static async Task<(EditEdition Command, List<FieldError> Errors)> TakeFilesAsync(
        EditEdition command, IFormCollection form, ISender sender, CancellationToken cancellationToken)
    {
        List<FieldError> errors = [];
        foreach (var file in form.Files.Where(file => file.FileName.Length > 0))
        {
            await using var content = file.OpenReadStream();
            var taken = await sender.Send(
                new UploadMedia { EditionId = command.EditionId, Name = file.FileName, Content = content }, cancellationToken);
            if (!taken.Succeeded)
            {
                errors.AddRange(taken.Failure.Errors.Select(error =>
                    new FieldError(file.Name, Path.GetFileName(file.FileName) + "：" + error.Message)));
            }
            else if (file.Name == "CoverFile")
            {
                command = command with { CoverMediaId = taken.Value.Id };
            }
            else
            {
                var stem = Path.GetFileNameWithoutExtension(taken.Value.Name);
                command = command with { Attachments = [.. command.Attachments, new AttachmentRow(taken.Value.Id, stem)] };
            }
        }

        return (command, errors);
    }

    private static async Task<IResult> FindAsync(
        EditEdition command, string words, ISender sender, CancellationToken cancellationToken)
    {
        var read = await sender.Send(new ReadEdition.ReadEdition(command.EditionId), cancellationToken);
        if (!read.Succeeded)
        {
            return read.Failure.Page();
        }

        var found = await sender.Send(new FindDocuments.FindDocuments(words, "policy"), cancellationToken);
        return EditEditionPage.Of(
            read.Value, command, policyText: words, found: found.Succeeded ? found.Value.Documents : []);
    }

    private static async Task<IResult> AgainAsync(
        EditEdition? command, IReadOnlyList<FieldError> errors, IReadOnlyList<string> notices, ISender sender, int status,
        CancellationToken cancellationToken, Guid? id = null)
    {
        var read = await sender.Send(new ReadEdition.ReadEdition(command?.EditionId ?? id!.Value), cancellationToken);
        return read.Succeeded
            ? EditEditionPage.Of(read.Value, command ?? read.Value.Kept, errors, notices, status: status)
            : read.Failure.Page();
    }

    /// <summary>Both versions side by side; the form below holds mine, on top of theirs.</summary>
    private static async Task<IResult> ConflictAsync(
        EditEdition mine, IReadOnlyList<FieldError> errors, ISender sender, CancellationToken cancellationToken)
    {
        var read = await sender.Send(new ReadEdition.ReadEdition(mine.EditionId), cancellationToken);
        return read.Succeeded
            ? EditEditionPage.Of(
                read.Value, mine with { Version = read.Value.Kept.Version }, errors, conflict: true,
                status: StatusCodes.Status409Conflict)
            : read.Failure.Page();
    }
}
