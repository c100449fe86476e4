using PstMigration.Mapi;
using PstMigration.Pst.Ndb;
using PstMigration.Pst.Ndb.Editing;
using PstMigration.Pst.Ndb.Files;

namespace PstMigration.Pst.Tests.Ndb.Editing;

/// <summary>What was done to a file, sound or not, and what became of it.</summary>
/// <param name="Refusal">The id of the error that ended it; null where it was done.</param>
/// <param name="Loss">What could be read and cannot any more, or a refused file that was written to; null where there is none.</param>
/// <param name="Finding">What the checker finds and did not find before.</param>
/// <param name="After">The file afterwards.</param>
/// <param name="Gone">The item that was deleted.</param>
internal sealed record EditOutcome(string? Refusal, string? Loss, string? Finding, byte[] After, NodeId Gone)
{
    /// <summary>What must not be; null where all is well.</summary>
    public string? Wrong => Loss ?? Finding;
}

/// <summary>
/// Adds to or deletes from a file in any state and judges the outcome: all that could be read reads the same, the checker finds nothing of a kind
/// it did not find before; or the file is refused and is what it was, to the byte.
/// </summary>
internal sealed class EditTrial
{
    private const string AddedFolder = "Added";

    private readonly byte[] _file;
    private readonly FileSnapshot _strict;
    private readonly FileSnapshot _lenient;
    private readonly HashSet<NodeId> _nodes;
    private readonly HashSet<(string Rule, NodeId Node)> _findings;
    private bool _hasCommitted;

    public EditTrial(byte[] file)
    {
        _file = file;
        _strict = FileSnapshot.Take(file, acceptDamage: false);
        _lenient = FileSnapshot.Take(file, acceptDamage: true);
        _nodes = Nodes(file);
        _findings = Findings(file);
    }

    /// <summary>Adds an item to a folder that has some, another to a new folder, and commits after each.</summary>
    /// <param name="plan">When the file is verified.</param>
    /// <param name="between">Called between the commits.</param>
    public EditOutcome Add(VerificationPlan? plan = null, Action? between = null) => Run(plan, default, editor =>
    {
        if (_strict.Rows.Count > 0)
        {
            NodeId first = _strict.Rows.First().Folder;
            editor.AddItem(editor.GetFolder(first), Mail(1));
            editor.Commit();
            _hasCommitted = true;
            between?.Invoke();
        }

        PstEditFolder folder = editor.FindFolder(editor.IpmSubtree, AddedFolder) ?? editor.CreateFolder(editor.IpmSubtree, AddedFolder, "IPF.Note");
        editor.AddItem(folder, Mail(2));
        editor.Commit();
    });

    /// <summary>Deletes an item, if there is one, and commits; then adds one, which may get its room.</summary>
    /// <param name="plan">When the file is verified.</param>
    /// <param name="between">Called between the commits.</param>
    public EditOutcome Delete(VerificationPlan? plan = null, Action? between = null)
    {
        NodeId gone = _strict.Rows.Where(r => r.Item.Type == NodeIdType.NormalMessage).Select(r => r.Item).FirstOrDefault();
        return Run(plan, gone, editor =>
        {
            if (!gone.IsNone)
            {
                editor.DeleteItem(gone, permanent: true);
                editor.Commit();
                _hasCommitted = true;
                between?.Invoke();
            }

            editor.AddItem(editor.IpmSubtree, Mail(3));
            editor.Commit();
        });
    }

    private static MapiItem Mail(int number)
    {
        PropertyBag p = new();
        p.Set(PropertyTags.MessageClass, "IPM.Note");
        p.Set(PropertyTags.Subject, "Added " + number);
        p.Set(PropertyTags.MessageFlags, 1);
        p.Set(PropertyTags.ClientSubmitTime, new DateTimeOffset(2026, 1, 5, 8, number, 0, TimeSpan.Zero));
        p.Set(PropertyTags.MessageDeliveryTime, new DateTimeOffset(2026, 1, 5, 8, number, 0, TimeSpan.Zero));
        p.Set(PropertyTags.Body, new string('x', 12_000));
        PropertyBag recipient = new();
        recipient.Set(PropertyTags.RecipientType, 1);
        recipient.Set(PropertyTags.DisplayName, "Bob");
        recipient.Set(PropertyTags.AddressType, "SMTP");
        recipient.Set(PropertyTags.EmailAddress, "bob@example.com");
        return new MapiItem(p, [new MapiRecipient(recipient)]);
    }

    private static HashSet<NodeId> Nodes(byte[] file)
    {
        try
        {
            return [.. NodeDatabase.Open(new MemoryFileBytes(file), "x.pst", PstOpenOptions.Default).EnumerateNodes().Select(n => n.Id)];
        }
        catch (PstException)
        {
            return [];
        }
    }

    // By the rules for any writer, as these files are no work of ours; every node by itself.
    private static HashSet<(string Rule, NodeId Node)> Findings(byte[] file)
    {
        try
        {
            return [.. new PstChecker().CheckAll(new MemoryFileBytes(file), "x.pst", new PstCheckOptions { MaxFindingsPerRule = int.MaxValue }).Findings
                .Where(f => f.Severity != PstFindingSeverity.Information)
                .Select(f => (f.RuleId, f.Node))];
        }
        catch (PstException)
        {
            return [];
        }
    }

    private EditOutcome Run(VerificationPlan? plan, NodeId gone, Action<PstFileEditor> edit)
    {
        _hasCommitted = false;
        SimulatedDisk disk = new(_file);
        string? refusal = null;
        try
        {
            using PstFileEditor editor = PstFileEditor.Open(NdbEditor.Open(disk, "x.pst", () => new FileUse().Write(), plan), "x.pst");
            edit(editor);
        }
        catch (MailDataException e)
        {
            refusal = e.Id;
        }

        byte[] after = disk.ToArray();
        if (after.AsSpan().SequenceEqual(_file))
        {
            return new EditOutcome(refusal, null, null, after, gone);
        }

        // After a refusal in the middle what was committed before it counts.
        string? loss = refusal == "PstNeedsRepair" && !_hasCommitted ? "refused, but written to"
            : _strict.FindLoss(FileSnapshot.Take(after, acceptDamage: false), gone)
            ?? _lenient.FindLoss(FileSnapshot.Take(after, acceptDamage: true), gone);
        return new EditOutcome(refusal, loss, Findings(after).Except(_findings).Where(IsNew).Select(f => $"new finding {f.Rule} {f.Node}").FirstOrDefault(), after, gone);
    }

    // What is said of all items in a table that cannot be read is said of a new one, too.
    private bool IsNew((string Rule, NodeId Node) finding) =>
        finding.Node.IsNone || _nodes.Contains(finding.Node) || _findings.All(f => f.Rule != finding.Rule);
}
