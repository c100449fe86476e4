using System.Globalization;

namespace PstMigration.Pst;

/// <summary>How a new file is made.</summary>
public sealed record PstCreateOptions
{
    /// <summary>The name Outlook shows for the file; null for a general one.</summary>
    public string? DisplayName { get; init; }

    /// <summary>How data is obfuscated; Outlook's own choice by default.</summary>
    public PstEncoding Encoding { get; init; } = PstEncoding.Permute;

    /// <summary>Whether a file that is already there is replaced, at the moment the new one is complete.</summary>
    public bool Replace { get; init; }

    /// <summary>The language of the names of the file's own folders.</summary>
    public CultureInfo Language { get; init; } = CultureInfo.CurrentUICulture;

    /// <summary>The 16 bytes that tell this file from every other; null for random ones.</summary>
    public byte[]? RecordKey { get; init; }

    /// <summary>What <see cref="PstPassword.Checksum"/> gives for the password Outlook is to ask for; 0 for none.</summary>
    public int PasswordChecksum { get; init; }

    /// <summary>Whether the file gets the folders of a mailbox: Inbox, Drafts, Sent Items, Calendar and so on.</summary>
    public bool DefaultFolders { get; init; }

    /// <summary>The most bytes the file may have; items that would make it larger are refused. Null for no limit.</summary>
    public long? MaxLength { get; init; }

    /// <summary>The clock, for items that have no times.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;
}
