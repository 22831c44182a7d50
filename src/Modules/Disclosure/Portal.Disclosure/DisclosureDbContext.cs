using Microsoft.EntityFrameworkCore;
using Portal.Disclosure.AnnualReports;
using Portal.Disclosure.Directory;
using Portal.Disclosure.Docking;
using Portal.Disclosure.Interpretations;
using Portal.Disclosure.Openness;
using Portal.Disclosure.Proposals;
using Portal.Disclosure.Requests;
using Portal.Shared.Data;

namespace Portal.Disclosure;

internal sealed class DisclosureDbContext(DbContextOptions<DisclosureDbContext> options) : ModuleDbContext(options, "disclosure")
{
    public DbSet<DirectoryHead> Directories => Set<DirectoryHead>();

    public DbSet<DirectoryEntry> Entries => Set<DirectoryEntry>();

    public DbSet<DirectoryListing> Listings => Set<DirectoryListing>();

    public DbSet<DirectoryChange> Changes => Set<DirectoryChange>();

    public DbSet<EntryRelation> Relations => Set<EntryRelation>();

    public DbSet<DocumentMetadata> DocumentMetadata => Set<DocumentMetadata>();

    public DbSet<EntryProposal> EntryProposals => Set<EntryProposal>();

    public DbSet<ProposalReview> ProposalReviews => Set<ProposalReview>();

    public DbSet<IndexCounter> IndexCounters => Set<IndexCounter>();

    public DbSet<InformationRequest> Requests => Set<InformationRequest>();

    public DbSet<RequestEvent> RequestEvents => Set<RequestEvent>();

    public DbSet<RequestPaper> Papers => Set<RequestPaper>();

    public DbSet<InterpretationPlan> InterpretationPlans => Set<InterpretationPlan>();

    public DbSet<OpennessItem> OpennessItems => Set<OpennessItem>();

    public DbSet<OpennessReason> OpennessReasons => Set<OpennessReason>();

    public DbSet<AnnualReport> AnnualReports => Set<AnnualReport>();

    public DbSet<ReportSubmission> ReportSubmissions => Set<ReportSubmission>();

    public DbSet<ReportPublication> ReportPublications => Set<ReportPublication>();

    public DbSet<DockedSource> DockedSources => Set<DockedSource>();

    public DbSet<DockingCredential> DockingCredentials => Set<DockingCredential>();

    public DbSet<DockedRecord> DockedRecords => Set<DockedRecord>();

    public DbSet<QuarantinedItem> DockingQuarantine => Set<QuarantinedItem>();

    public DbSet<DockingRun> DockingRuns => Set<DockingRun>();

    public DbSet<DockingRunLine> DockingRunLines => Set<DockingRunLine>();
}

internal sealed class DisclosureDbContextFactory() : ModuleDbContextFactory<DisclosureDbContext>(new DisclosureModule());
