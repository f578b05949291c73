package io.cellferry.launch.report;

/// How a report looks.
final class ReportStyle {

    static final String CSS = """
            :root { color-scheme: light dark; --ink: #1c2430; --soft: #5a6675; --line: #dfe4ea; --ground: #fff;
                    --card: #f5f7f9; --good: #14713c; --good-ground: #e2f4e8; --bad: #a32020; --bad-ground: #fbe7e5;
                    --wait: #7a5200; --wait-ground: #fbf0d6; --mark: #3186e9; --other: #8c95a3 }
            @media (prefers-color-scheme: dark) {
              :root { --ink: #e3e7ec; --soft: #9aa6b5; --line: #343c47; --ground: #14181d; --card: #1c2229;
                      --good: #7fd6a0; --good-ground: #17331f; --bad: #ff9d94; --bad-ground: #3d1a18;
                      --wait: #efc26b; --wait-ground: #38290c } }
            * { box-sizing: border-box }
            body { margin: 0; background: var(--ground); color: var(--ink);
                   font: 15px/1.5 system-ui, -apple-system, "Segoe UI", sans-serif }
            main { max-width: 66rem; margin: 0 auto; padding: 2rem 1.25rem 4rem }
            h1 { font-size: 1.7rem; line-height: 1.2; margin: 0 0 .6rem; overflow-wrap: anywhere }
            h2 { font-size: 1.15rem; margin: 2.4rem 0 .6rem }
            .job { margin: 0; color: var(--soft); font-size: .85rem; letter-spacing: .02em }
            .end { display: inline-block; padding: .1rem .7rem; margin-right: .5rem; border-radius: 1rem; font-weight: 600 }
            .good { color: var(--good); background: var(--good-ground) }
            .bad { color: var(--bad); background: var(--bad-ground) }
            .wait { color: var(--wait); background: var(--wait-ground) }
            .reason { border-left: 4px solid var(--bad); background: var(--card); padding: .4rem 1rem; margin: 1rem 0 }
            .reason p { margin: .4rem 0; overflow-wrap: anywhere }
            dl { display: grid; grid-template-columns: repeat(auto-fit, minmax(19rem, 1fr)); gap: .1rem 2rem;
                 margin: 1.5rem 0; border-top: 1px solid var(--line) }
            dl div { border-bottom: 1px solid var(--line); padding: .4rem 0 }
            dt { color: var(--soft); font-size: .8rem }
            dd { margin: 0; overflow-wrap: anywhere }
            .names span { white-space: nowrap }
            .wide { overflow-x: auto; margin: .8rem 0 1.4rem }
            table { border-collapse: collapse; width: 100%; font-size: .88rem }
            caption { text-align: left; color: var(--soft); padding: 0 0 .3rem }
            th, td { text-align: left; vertical-align: top; padding: .3rem .9rem .3rem 0; border-bottom: 1px solid var(--line);
                     overflow-wrap: break-word; max-width: 34rem }
            thead th { color: var(--soft); font-weight: 500; white-space: nowrap }
            tbody th { font-weight: 500 }
            .n { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums }
            .figures { display: flex; flex-wrap: wrap; gap: 2rem; align-items: flex-start }
            figure { margin: 0; flex: 0 1 auto; min-width: 16rem; max-width: 100% }
            figure.drawing { flex: 1 1 100% }
            figure img, figure svg { display: block; max-width: 100%; height: auto }
            figure svg { width: 100%; max-width: 46rem }
            figcaption { max-width: 34rem }
            figcaption strong { display: block; margin: .2rem 0 .4rem }
            figcaption p { color: var(--soft); font-size: .85rem; margin: .3rem 0 }
            .frame { background: var(--card); border: 1px solid var(--line); border-radius: .4rem; padding: .5rem }
            .dark { background: #000 }
            .legend { list-style: none; display: grid; grid-template-columns: repeat(auto-fill, minmax(11rem, 1fr));
                      gap: .1rem 1rem; margin: .5rem 0; padding: 0; font-size: .85rem }
            .legend li { display: flex; gap: .45rem; align-items: baseline; overflow-wrap: anywhere }
            .legend i { flex: none; width: .75em; height: .75em; border-radius: 50%; border: 1px solid var(--other) }
            .legend span { color: var(--soft); white-space: nowrap }
            text { font: 12px system-ui, sans-serif; fill: var(--soft) }
            .axis { fill: none; stroke: var(--other) }
            .other { fill: var(--other) } .chosen { fill: var(--mark) }
            .s0 { fill-opacity: .5 } .s1 { fill-opacity: .65 } .s2 { fill-opacity: .8 } .s3 { fill-opacity: 1 }
            @media print { body { font-size: 11px } .wide { overflow: visible } }
            """;

    private ReportStyle() {}
}
