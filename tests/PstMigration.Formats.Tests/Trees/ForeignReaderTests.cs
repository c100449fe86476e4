using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using PstMigration.Pst;
using PstMigration.Tests;
using Xunit;

namespace PstMigration.Formats.Tests.Trees;

/// <summary>What programs nobody here wrote say about the files this project writes of the real data files.</summary>
public sealed class ForeignReaderTests
{
    /// <summary>Names every defect the email parser finds, every header it cannot decode and every text whose charset is wrong.</summary>
    private const string Defects = """
        import sys, os, email, email.policy
        def walk(part, path):
            for d in part.defects: print(path, 'defect', repr(d))
            for name, value in part.items():
                for d in getattr(value, 'defects', []) if name.lower() != 'message-id' else []: print(path, name, repr(value)[:200], repr(d))
                str(value).encode('utf-8')
                # A Message-ID is written as it is stored: others refer to it.

            if part.is_multipart():
                for child in part.iter_parts() if part.get_content_maintype() == 'multipart' else part.get_payload(): walk(child, path)
            elif part.get_content_maintype() == 'text':
                part.get_content()
                payload = part.get_payload(decode=True)
                try: payload.decode(part.get_content_charset('us-ascii'))
                except (LookupError, UnicodeDecodeError) as e: print(path, 'text', repr(e))
            else:
                part.get_payload(decode=True)
        for folder, _, files in os.walk(sys.argv[1]):
            for f in files:
                if f.endswith('.eml'):
                    p = os.path.join(folder, f)
                    with open(p, 'rb') as s: walk(email.message_from_binary_file(s, policy=email.policy.default), f)
        """;

    /// <summary>
    /// Looks for each mail of the second folder in the first, by subject and date, and tells what the first lacks: mails, letters of a
    /// text, attached files by their bytes.
    /// </summary>
    private const string Compare = """
        import sys, os, re, email, email.policy, email.utils, hashlib, html, collections
        def letters(t): return re.sub(r'[^\w]', '', t)
        def text(p):
            raw = p.get_payload(decode=True) or b''
            try: return raw.decode(p.get_content_charset('utf-8'))
            except (LookupError, UnicodeDecodeError): return raw.decode('utf-8', 'replace')
        # readpst writes attached messages as text behind a From_ line, and no date where it found none.
        def own(t): return re.split(r'(?m)^>?From .{0,200}?\w{3} \w{3} +\d+ \d\d:', t)[0]
        def load(folder):
            found = collections.defaultdict(list)
            for d, _, files in os.walk(folder):
                for f in files:
                    if not f.endswith('.eml'): continue
                    with open(os.path.join(d, f), 'rb') as s: m = email.message_from_binary_file(s, policy=email.policy.default)
                    try: date = email.utils.parsedate_to_datetime(str(m['Date'])).timestamp()
                    except (TypeError, ValueError): date = 0
                    plain, files_, markup = '', collections.Counter(), ''
                    for p in m.walk():
                        if p.get_content_maintype() == 'multipart' or p.get_content_type() in ('message/delivery-status', 'text/calendar'): continue
                        name = p.get_filename() or ''
                        body = p.get_content_maintype() == 'text' and p.get_content_disposition() != 'attachment' and not name
                        if body and p.get_content_subtype() == 'plain': plain += own(text(p))
                        elif body: markup += text(p)
                        elif p.get_content_maintype() == 'message': files_['message'] += 1
                        elif name != 'rtf-body.rtf' and not (p.get_payload(decode=True) or b'').startswith(bytes.fromhex('d0cf11e0')): files_[hashlib.sha256(p.get_payload(decode=True) or b'').hexdigest()] += 1
                    found[(letters(str(m['Subject'] or '')), date)].append((letters(plain), letters(html.unescape(re.sub(r'(?s)<[^>]*>', '', markup))), files_, f))
            return found
        ours, theirs = load(sys.argv[1]), load(sys.argv[2])
        count = 0
        for key, mails in sorted(theirs.items()):
            for plain, markup, files, f in mails:
                count += 1
                if key not in ours and key[1] == 0: key = next((k for k in ours if k[0] == key[0]), key)
                if key not in ours:
                    print('missing', key, f); continue
                if not any(plain[:5000] in o[0] or plain[:5000] in o[1] for o in ours[key]):
                    print('text', key, repr(plain[:60]), repr(ours[key][0][0][:60]), repr(ours[key][0][0][-60:]), len(ours[key]))
                if not any(not (files - o[2]) for o in ours[key]):
                    print('files', key, f, len(files), sum(ours[key][0][2].values()))
        print('compared', count)
        """;

    public static IEnumerable<TheoryDataRow<string?>> Files => TestData.Files("pst", ".pst", ".ost");

    [Theory]
    [MemberData(nameof(Files))]
    public async Task Python_finds_no_defect(string? file)
    {
        Assert.SkipWhen(file is null, "The folder of real files is not beside this checkout.");
        using Folder folder = new();
        await ExportAsync(file!, folder.Path);

        string defects = Python.Run(Defects, folder.Path);

        Assert.True(defects.Length == 0, defects);
    }

    [Theory]
    [MemberData(nameof(Files))]
    public async Task Nothing_is_worse_than_by_readpst(string? file)
    {
        Assert.SkipWhen(file is null, "The folder of real files is not beside this checkout.");
        Assert.SkipUnless(File.Exists("/usr/bin/readpst"), "readpst is not installed.");
        using Folder ours = new();
        using Folder theirs = new();
        await ExportAsync(file!, ours.Path);
        using (Process process = Process.Start(new ProcessStartInfo("/usr/bin/readpst", $"-q -j0 -e -te -o {theirs.Path} {TestData.Path(file!)}") { UseShellExecute = false, RedirectStandardError = true, RedirectStandardOutput = true })!)
        {
            process.StandardOutput.ReadToEnd();
            process.WaitForExit();
        }

        string[] lines = Python.Run(Compare, ours.Path, theirs.Path).Split('\n');

        Assert.StartsWith("compared ", lines[lines.Length - 1], StringComparison.Ordinal);
        Assert.True(lines.Length == 1, string.Join("\n", lines));
    }

    private static async Task ExportAsync(string file, string path)
    {
        using PstFile pst = PstFile.Open(TestData.Path(file));
        await Store.CopyAsync(new PstItemSource(pst), EmlTreeTarget.Open(path));
    }
}
