using Microsoft.AspNetCore.DataProtection.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using Portal.Host.Administration;
using Portal.Host.Calendars;
using Portal.Host.Identity;
using Portal.Host.Organisations;
using Portal.Host.Sites;
using Portal.Shared.Data;
using Portal.Shared.Throttling;

namespace Portal.Host;

internal sealed class HostDbContext(DbContextOptions<HostDbContext> options)
    : ModuleDbContext(options, "host"), IDataProtectionKeyContext
{
    public DbSet<Organisation> Organisations => Set<Organisation>();

    public DbSet<Site> Sites => Set<Site>();

    public DbSet<SiteDomain> SiteDomains => Set<SiteDomain>();

    public DbSet<SiteStatusChange> SiteStatusChanges => Set<SiteStatusChange>();

    public DbSet<Staff> Staff => Set<Staff>();

    public DbSet<StaffStatusChange> StaffStatusChanges => Set<StaffStatusChange>();

    public DbSet<StaffGrant> StaffGrants => Set<StaffGrant>();

    public DbSet<StaffGrantRevocation> StaffGrantRevocations => Set<StaffGrantRevocation>();

    public DbSet<Session> Sessions => Set<Session>();

    public DbSet<TryWindow> SignInWindows => Set<TryWindow>();

    public DbSet<SettingValue> SettingValues => Set<SettingValue>();

    public DbSet<SettingChange> SettingChanges => Set<SettingChange>();

    public DbSet<CalendarVersion> CalendarVersions => Set<CalendarVersion>();

    public DbSet<DataProtectionKey> DataProtectionKeys => Set<DataProtectionKey>();
}

internal sealed class HostDbContextFactory() : ModuleDbContextFactory<HostDbContext>(new HostModule());
