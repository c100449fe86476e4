using PstMigration.Tests;
using Xunit;

namespace PstMigration.Module.Tests;

/// <summary>New-PstFile in a real engine.</summary>
public sealed class NewPstFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("new-pst-").FullName;

    private string File1 => Path.Combine(_folder, "a.pst");

    [Fact]
    public void A_file_is_as_it_was_asked_for()
    {
        using EngineSession session = StagedModule.Import();
        string made = session.InvokeClean(
            "$s = [securestring]::new(); 'Password1'.ToCharArray() | ForEach-Object { $s.AppendChar($_) }; "
            + $"$f = New-PstFile '{File1}' -DisplayName 'My file' -Language ja-JP -Encoding Cyclic -Password $s -DefaultFolders; "
            + "\"$($f.DisplayName)|$($f.Encoding)|$($f.HasPassword)|$($f.FolderCount)|$($f.ItemCount)\"").Single().ToString();

        Assert.Equal("My file|Cyclic|True|11|0", made);
        Assert.Equal("受信トレイ", session.InvokeClean($"(Get-PstFolder '{File1}' -Folder Inbox).Name").Single().ToString());
        Assert.Equal("True", session.InvokeClean($"(Test-PstFile '{File1}' -OwnWriter).IsValid").Single().ToString());
    }

    [Fact]
    public void An_existing_file_is_replaced_with_Force_alone_and_WhatIf_makes_none()
    {
        using EngineSession session = StagedModule.Import();
        session.InvokeClean($"New-PstFile '{File1}' -WhatIf");
        Assert.False(File.Exists(File1));

        string first = session.InvokeClean($"(New-PstFile '{File1}').RecordKey").Single().ToString();
        session.Invoke($"New-PstFile '{File1}'");
        Assert.Equal("PstExists,PstMigration.Commands.NewPstFileCommand", Assert.Single(session.Errors).FullyQualifiedErrorId);
        Assert.Equal(first, session.InvokeClean($"(Get-PstFile '{File1}').RecordKey").Single().ToString());

        Assert.NotEqual(first, session.InvokeClean($"(New-PstFile '{File1}' -Force).RecordKey").Single().ToString());
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
